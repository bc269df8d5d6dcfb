package dev.sluice.lab.junit;

import static java.util.Objects.requireNonNull;

import dev.sluice.lab.PostgresVersion;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Which migrations, and on what.
 *
 * @param rows of each table that would be empty otherwise
 */
record ProjectSettings(Path directory, Optional<String> layout, PostgresVersion version, long rows, long seed) {
    ProjectSettings {
        requireNonNull(directory);
        requireNonNull(layout);
        requireNonNull(version);
        if (rows < 1) {
            throw new IllegalArgumentException("rows is " + rows + ": nothing can be proven without any");
        }
    }

    ProjectSettings withLayout(String name) {
        return new ProjectSettings(directory, Optional.of(name), version, rows, seed);
    }

    ProjectSettings withVersion(PostgresVersion other) {
        return new ProjectSettings(directory, layout, other, rows, seed);
    }

    ProjectSettings withRows(long number) {
        return new ProjectSettings(directory, layout, version, number, seed);
    }

    ProjectSettings withSeed(long number) {
        return new ProjectSettings(directory, layout, version, rows, number);
    }
}
