package dev.sluice.migration;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * One versioned change as its author wrote it.
 *
 * @param version as in the file name, for instance {@code 20260131120000} or {@code 1.2}; compare with
 *     {@code VersionOrder}, since {@code 1.2} and {@code 01.2.0} are one version. A repeatable migration has none of
 *     its own and is identified by {@code R__} and its name.
 * @param name what the file name says besides the version; may be empty
 * @param up takes the schema forward; may be empty
 * @param down the inverse, if the author wrote one; may be there and empty
 * @param dependsOn versions that must be applied before this one, besides the order of the versions
 */
public record Migration(
        String version,
        String name,
        MigrationKind kind,
        MigrationScript up,
        Optional<MigrationScript> down,
        List<String> dependsOn) {
    public Migration {
        Objects.requireNonNull(version, "version");
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(up, "up");
        Objects.requireNonNull(down, "down");
        dependsOn = List.copyOf(dependsOn);
        if (version.isBlank()) {
            throw new IllegalArgumentException("a migration needs a version: " + up.file());
        }
    }

    /** The up script's checksum: what the journal keeps in order to notice edits. Computed on every call. */
    public String checksum() {
        return up.checksum();
    }

    /** The file of the up script, as the user knows it. */
    public String file() {
        return up.file();
    }
}
