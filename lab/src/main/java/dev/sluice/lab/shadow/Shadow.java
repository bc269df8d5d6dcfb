package dev.sluice.lab.shadow;

import static java.util.Objects.requireNonNull;

import dev.sluice.ExitCode;
import dev.sluice.SluiceException;
import dev.sluice.db.DatabaseException;
import dev.sluice.db.Session;
import dev.sluice.lab.TestDatabase;
import dev.sluice.lab.proof.EmptyTables;
import dev.sluice.lab.proof.PlainRun;
import dev.sluice.lab.proof.ProofDatabases;
import dev.sluice.lab.proof.RowRepair;
import dev.sluice.lab.proof.RowSource;
import dev.sluice.lint.Observed;
import dev.sluice.migration.Migration;
import dev.sluice.migration.MigrationKind;
import dev.sluice.migration.MigrationScript;
import dev.sluice.sql.QualifiedName;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A throw-away database that goes from script to script. Before a script that is to be looked at, tables without rows get some.
 * Where a script does not work on the rows that were made up, they are thinned out until it does. Not thread-safe; the
 * databases are the caller's.
 */
public final class Shadow {

    private final ProofDatabases databases;
    private final RowSource rows;
    private TestDatabase database;
    private Set<QualifiedName> unfilled = Set.of();

    /** @param start the database before the first script */
    public Shadow(ProofDatabases databases, TestDatabase start, RowSource rows) {
        this.databases = requireNonNull(databases);
        this.database = requireNonNull(start);
        this.rows = requireNonNull(rows);
    }

    /**
     * What a script did.
     *
     * @param statements by where each starts, in characters of the file; those behind one that failed are not in it
     * @param repair what was done to the rows for the script to work; empty when nothing had to be
     * @param failed whether a statement failed for another reason than the rows: scripts after this one cannot be tried
     */
    public record Result(Map<Integer, Observed> statements, Optional<String> repair, boolean failed) {
        public Result {
            statements = Map.copyOf(statements);
            requireNonNull(repair);
        }
    }

    /** The database as the scripts so far leave it. */
    public TestDatabase database() {
        return database;
    }

    /** Makes up rows for the tables that have none. */
    public void fill() {
        try (Session session = Session.open(database::connect, "shadow")) {
            unfilled = EmptyTables.fill(session, rows);
        }
    }

    /**
     * Runs a script that nobody wants to look at.
     *
     * @throws SluiceException when it fails
     */
    public void pass(MigrationScript script) {
        PlainRun.run(database, script).failure().ifPresent(failure -> {
            throw new SluiceException(
                    ExitCode.ERROR,
                    script.file() + " fails on the throw-away database: " + failure.getMessage()
                            + "\nNext: make the scripts run one after the other; or give a dump of what they start"
                            + " from with --dump FILE.");
        });
    }

    /** Runs a script and looks at each statement, on rows if there can be some: see {@link #fill()}. */
    public Result observe(MigrationScript script) {
        TestDatabase start = databases.copy(database);
        try {
            ScriptRun.Result first = run(script);
            if (first.failure().isEmpty()) {
                return new Result(first.statements(), Optional.empty(), false);
            }
            reset(start);
            Optional<String> repair = repair(script, first.failure().get());
            if (repair.isEmpty()) {
                return new Result(first.statements(), Optional.empty(), true);
            }
            fillAgain();
            ScriptRun.Result second = run(script);
            return new Result(second.statements(), repair, second.failure().isPresent());
        } finally {
            databases.drop(start);
        }
    }

    private ScriptRun.Result run(MigrationScript script) {
        return new ScriptRun(database, unfilled).run(script);
    }

    private void reset(TestDatabase start) {
        databases.drop(database);
        database = databases.copy(start);
    }

    private Optional<String> repair(MigrationScript script, DatabaseException failure) {
        Migration migration = new Migration(
                script.file(), script.file(), MigrationKind.VERSIONED, script, Optional.empty(), List.of());
        return new RowRepair(databases, database, migration).run(failure);
    }

    /** After rows were deleted: knows which tables have none now, and lets the server count the others. */
    private void fillAgain() {
        try (Session session = Session.open(database::connect, "shadow")) {
            session.execute("ANALYZE");
            unfilled = EmptyTables.fill(session, (s, catalog, tables) -> {});
        }
    }
}
