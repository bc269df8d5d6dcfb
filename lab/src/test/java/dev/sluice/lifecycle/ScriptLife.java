package dev.sluice.lifecycle;

import dev.sluice.PostgresPlans;
import dev.sluice.Settings;
import dev.sluice.lab.TestDatabase;
import dev.sluice.lab.life.Life;
import dev.sluice.migration.MigrationDirectory;
import dev.sluice.run.RunListener;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The life of a script in a database, for tests that look at more than {@link Lifecycle} does. */
final class ScriptLife {

    private ScriptLife() {}

    /** @param directory where the script is written to, by way of which directives are understood */
    static Life of(TestDatabase database, Path directory, String up) throws IOException {
        return of(database, directory, up, event -> {});
    }

    static Life of(TestDatabase database, Path directory, String up, RunListener listener) throws IOException {
        Files.writeString(directory.resolve("20260101000000_change.sql"), "-- migrate:up\n" + up);
        return new Life(
                database::connect,
                new MigrationDirectory(directory).read("native").migrations().get(0),
                PostgresPlans::new,
                Settings.defaults(),
                self -> listener);
    }
}
