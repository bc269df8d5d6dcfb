package dev.sluice.lab.proof;

import dev.sluice.SluiceException;
import dev.sluice.db.DatabaseException;
import dev.sluice.db.Session;
import dev.sluice.lab.TestDatabase;
import dev.sluice.migration.Migration;
import java.util.Optional;

/**
 * The database that goes plainly from migration to migration. Its tables have rows: whatever is empty is filled after each
 * migration. Not thread-safe.
 */
final class RollingDatabase {
    private final ProofDatabases databases;
    private final RowSource rows;
    private TestDatabase database;

    RollingDatabase(ProofDatabases databases, TestDatabase first, RowSource rows) {
        this.databases = databases;
        this.database = first;
        this.rows = rows;
    }

    /**
     * One migration's way through this database: what is needed to prove it.
     *
     * @param start before it, with rows on which the plain script works
     * @param plain after it; empty when the script works on no rows
     * @param trouble the rows on which the plain script does not work, and how it failed
     * @param error why the script cannot run at all
     */
    record Passage(
            ProofDatabases copies,
            Optional<TestDatabase> start,
            Optional<TestDatabase> plain,
            Optional<Trouble> trouble,
            Optional<String> error)
            implements AutoCloseable {

        MigrationResult prove(MigrationProof proof, Migration migration) {
            if (start.isEmpty() || plain.isEmpty()) {
                return MigrationProof.unproven(migration, error.orElse("not run"));
            }
            MigrationResult result = proof.prove(migration, start.get(), plain.get());
            return trouble.isPresent() && result.verdict() != Verdict.REFUSED
                    ? result.with(
                            proof.proveThatItStops(
                                    migration,
                                    trouble.get().rows(),
                                    trouble.get().failure()),
                            "the plain script fails on generated rows ("
                                    + trouble.get().failure().error().message()
                                    + "); proven to stop on them, and proven on"
                                    + " others: " + trouble.get().repair())
                    : result;
        }

        @Override
        public void close() {
            copies.close();
        }
    }

    /**
     * @param rows a database with rows on which the plain script fails
     * @param repair what was done to the rows so that it does not
     */
    record Trouble(TestDatabase rows, DatabaseException failure, String repair) {}

    /**
     * Runs the migration plainly.
     *
     * @param kept whether the databases before and after it are wanted
     */
    Passage pass(Migration migration, boolean kept) {
        ProofDatabases copies = databases.nested();
        TestDatabase start = copies.copy(database);
        PlainRun.Result result;
        try {
            result = PlainRun.run(database, migration.up());
        } catch (SluiceException e) {
            return new Passage(
                    copies,
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.of(String.valueOf(e.getMessage())));
        }
        Optional<Trouble> trouble = Optional.empty();
        if (result.failure().isPresent()) {
            DatabaseException failure = result.failure().get();
            databases.drop(database);
            database = databases.copy(start);
            Optional<String> repair = new RowRepair(databases, database, migration).run(failure);
            if (repair.isEmpty()) {
                return new Passage(
                        copies,
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.of("the script fails: " + failure.getMessage()
                                + "\n  next: correct the script, then run sluice test again"));
            }
            trouble = Optional.of(new Trouble(start, failure, repair.get()));
            analyze();
            start = copies.copy(database);
            result = PlainRun.run(database, migration.up());
            result.failure().ifPresent(again -> {
                throw again;
            });
        }
        Optional<TestDatabase> plain = kept ? Optional.of(copies.copy(database)) : Optional.empty();
        if (!result.untouched()) {
            fill();
        }
        if (!kept) {
            copies.close();
        }
        return new Passage(copies, Optional.of(start), plain, trouble, Optional.empty());
    }

    /** Fills the tables that have no rows, and lets the planner of PostgreSQL (and ours) know how many there are. */
    void fill() {
        try (Session session = Comparison.session(database)) {
            EmptyTables.fill(session, rows);
        }
    }

    private void analyze() {
        try (Session session = Comparison.session(database)) {
            session.execute("ANALYZE");
        }
    }
}
