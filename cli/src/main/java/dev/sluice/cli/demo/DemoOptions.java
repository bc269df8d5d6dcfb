package dev.sluice.cli.demo;

import static java.util.Objects.requireNonNull;

import dev.sluice.lab.traffic.Load;
import java.nio.file.Path;
import java.time.Duration;

/**
 * How big the demonstration is.
 *
 * @param rows users, and as many orders
 * @param migrations directory the migration files are written to
 * @param load of each version of the application
 * @param together how long both versions run side by side at least
 */
record DemoOptions(long rows, Path migrations, Load load, Duration together) {
    static final long LEAST_ROWS = 1_000;

    DemoOptions {
        requireNonNull(migrations);
        requireNonNull(load);
        requireNonNull(together);
        if (rows < LEAST_ROWS) {
            throw new IllegalArgumentException("at least " + LEAST_ROWS + " rows, not " + rows);
        }
    }

    static DemoOptions of(long rows, Path migrations) {
        return new DemoOptions(
                rows,
                migrations,
                new Load(4, 200, 20260302),
                rows < 200_000 ? Duration.ofSeconds(1) : Duration.ofSeconds(2));
    }
}
