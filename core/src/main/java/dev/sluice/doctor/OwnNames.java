package dev.sluice.doctor;

import dev.sluice.catalog.Column;
import dev.sluice.sql.Identifier;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Which names are Sluice's. A table that somebody calls {@code sluice_gates} is not: the version of a migration follows
 * the prefix.
 */
final class OwnNames {

    static final String SCHEMA = "sluice";
    static final String ARCHIVE = "sluice_archive";

    private final Set<String> prefixes;

    OwnNames(Set<String> versions) {
        this.prefixes = versions.stream()
                .map(version -> Identifier.SLUICE_PREFIX
                        + version.replaceAll("[^A-Za-z0-9]", "_").toLowerCase(Locale.ROOT) + "_")
                .collect(Collectors.toUnmodifiableSet());
    }

    boolean isOurs(Thing thing) {
        return thing.relation().schema().equals(SCHEMA) || isOurs(thing.name());
    }

    boolean isOurs(String name) {
        String plain = name.startsWith("~") ? name.substring(1) : name;
        return plain.startsWith(Column.ARCHIVED_PREFIX) || prefixes.stream().anyMatch(plain::startsWith);
    }

    /** What holds data that was put aside. */
    static boolean isArchived(Thing thing) {
        return thing.relation().schema().equals(ARCHIVE) || thing.name().startsWith(Column.ARCHIVED_PREFIX);
    }
}
