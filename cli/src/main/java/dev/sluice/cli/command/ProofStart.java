package dev.sluice.cli.command;

import dev.sluice.ExitCode;
import dev.sluice.SluiceException;
import dev.sluice.db.ConnectionSource;
import dev.sluice.db.Session;
import dev.sluice.lab.TestDatabase;
import dev.sluice.lab.proof.PlainRun;
import dev.sluice.lab.proof.ProofDatabases;
import dev.sluice.lab.rows.Dump;
import dev.sluice.lab.rows.SampledCopy;
import dev.sluice.migration.Migration;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/** The database that {@code sluice test} starts from, when it is not an empty one. */
final class ProofStart {
    private final ProofDatabases databases;

    ProofStart(ProofDatabases databases) {
        this.databases = databases;
    }

    /** What the dump holds; what Sluice itself keeps in a database is left out, because here other runs will keep theirs. */
    TestDatabase dump(Path file) {
        TestDatabase database = databases.create();
        Dump.load(database::connect, file);
        try (Session session = Session.open(database::connect, "test")) {
            session.execute("DROP SCHEMA IF EXISTS sluice, sluice_archive CASCADE");
            session.execute("ANALYZE");
        }
        return database;
    }

    /** The schema of these scripts, with some rows of a real database, their texts replaced. */
    TestDatabase sample(List<Migration> before, ConnectionSource real, long rows, long seed) {
        TestDatabase database = databases.create();
        for (Migration migration : before) {
            PlainRun.run(database, migration.up()).failure().ifPresent(failure -> {
                throw new SluiceException(
                        ExitCode.ERROR,
                        migration.file() + " fails on an empty database: " + failure.getMessage()
                                + "\nNext: make the scripts run one after the other, then test again.");
            });
        }
        try (Session source = Session.open(real, "test");
                Session target = Session.open(database::connect, "test")) {
            SampledCopy.copy(source, target, rows, seed, Set.of());
            target.execute("ANALYZE");
        }
        return database;
    }
}
