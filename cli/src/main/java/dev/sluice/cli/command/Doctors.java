package dev.sluice.cli.command;

import dev.sluice.Doctor;
import dev.sluice.migration.InvalidMigrationsException;
import dev.sluice.migration.Migration;
import dev.sluice.migration.MigrationFiles;
import dev.sluice.migration.Problem;
import dev.sluice.run.RunListener;
import java.util.List;

/** From the options of a command to a doctor: files that are wrong are something it finds, no reason not to look. */
final class Doctors {
    private Doctors() {}

    static Doctor of(RootCommand root) {
        List<Migration> migrations = List.of();
        List<Problem> problems = List.of();
        try {
            MigrationFiles files = root.project().files();
            migrations = files.migrations();
            problems = files.problems();
        } catch (InvalidMigrationsException e) {
            problems = e.problems();
        }
        return new Doctor(
                root.connector(), migrations, problems, new MigrationRun(root).settings(), RunListener.silent());
    }
}
