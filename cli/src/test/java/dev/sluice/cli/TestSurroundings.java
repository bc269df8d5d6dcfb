package dev.sluice.cli;

import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;

/** Surroundings for tests: nothing comes from the machine. */
public final class TestSurroundings {
    private TestSurroundings() {}

    public static Surroundings of(Path directory, Map<String, String> environment) {
        return new Surroundings(
                environment,
                directory,
                directory.resolve("home"),
                "alice",
                false,
                false,
                false,
                InstantSource.fixed(Instant.parse("2026-01-31T12:00:00Z")));
    }
}
