package dev.sluice.lab.shadow;

import static java.util.Objects.requireNonNull;

import dev.sluice.db.DatabaseException;
import dev.sluice.db.Session;
import dev.sluice.lab.TestDatabase;
import dev.sluice.lab.proof.ConcurrentLocks;
import dev.sluice.lint.Observed;
import dev.sluice.migration.MigrationScript;
import dev.sluice.migration.TransactionMode;
import dev.sluice.parser.PgParser;
import dev.sluice.sql.QualifiedName;
import dev.sluice.sql.Script;
import dev.sluice.sql.Statement;
import java.sql.DriverManager;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * One script on one database, statement by statement: all of them in one transaction, or, when it says so or PostgreSQL wants
 * it so, each in its own and some in none. Its own transaction control is left out, as a runner that has its own does.
 */
final class ScriptRun {

    /** {@code active_sql_transaction}, and {@code unsafe_new_enum_value_usage}: the statements have to be committed one by one. */
    private static final Set<String> NOT_IN_A_TRANSACTION = Set.of("25001", "55P04");

    /** The scripts do not make what a statement names: {@code undefined_table}, {@code _column}, {@code _object}, … */
    private static final Set<String> UNDEFINED = Set.of("42P01", "42703", "42704", "42883", "3F000");

    private final TestDatabase database;
    private final Set<QualifiedName> unfilled;
    private final Map<Integer, Observed> observed = new HashMap<>();

    /** @param unfilled tables without rows */
    ScriptRun(TestDatabase database, Set<QualifiedName> unfilled) {
        this.database = requireNonNull(database);
        this.unfilled = Set.copyOf(unfilled);
    }

    /**
     * @param statements by where each starts
     * @param failure of the last of them
     */
    record Result(Map<Integer, Observed> statements, Optional<DatabaseException> failure) {}

    Result run(MigrationScript script) {
        List<Statement> statements = statements(script);
        // simple mode: the driver would lose its way between the statements of a BEGIN ATOMIC body
        String url = database.jdbcUrl() + "&preferQueryMode=simple";
        try (Session session = Session.open(() -> DriverManager.getConnection(url), "shadow")) {
            String server = session.one("SELECT current_setting('server_version')", row -> "PostgreSQL " + row.text(1))
                    .orElseThrow();
            Differences differences = new Differences(server, Snapshot.read(session), unfilled);
            if (script.transaction() == TransactionMode.ON) {
                Optional<Result> wrapped = inOneTransaction(session, statements, differences);
                if (wrapped.isPresent()) {
                    return wrapped.get();
                }
            }
            return oneByOne(session, statements, differences);
        }
    }

    /** Empty when some statement does not work in a transaction with the others. */
    private Optional<Result> inOneTransaction(Session session, List<Statement> statements, Differences differences) {
        List<Statement> reached = new ArrayList<>();
        try {
            session.inTransaction(() -> {
                for (Statement statement : statements) {
                    reached.add(statement);
                    within(session, statement, differences);
                }
            });
            return Optional.of(new Result(observed, Optional.empty()));
        } catch (DatabaseException e) {
            if (NOT_IN_A_TRANSACTION.contains(e.sqlState())) {
                observed.clear();
                return Optional.empty();
            }
            return Optional.of(failed(reached.get(reached.size() - 1), e, differences, true));
        }
    }

    private Result oneByOne(Session session, List<Statement> statements, Differences differences) {
        for (Statement statement : statements) {
            try {
                session.inTransaction(() -> within(session, statement, differences));
            } catch (DatabaseException e) {
                if (!NOT_IN_A_TRANSACTION.contains(e.sqlState())) {
                    return failed(statement, e, differences, true);
                }
                try {
                    outside(session, statement, differences);
                } catch (DatabaseException alone) {
                    return failed(statement, alone, differences, false);
                }
            }
        }
        return new Result(observed, Optional.empty());
    }

    private void within(Session session, Statement statement, Differences differences) {
        Snapshot before = Snapshot.read(session);
        session.execute(statement.sql());
        observed.put(statement.start(), differences.inTransaction(before, Snapshot.read(session)));
    }

    private void outside(Session session, Statement statement, Differences differences) {
        Snapshot before = Snapshot.read(session);
        List<QualifiedName> tables = before.relations().values().stream()
                .filter(relation -> relation.kind() == 'r' || relation.kind() == 'p')
                .map(Snapshot.Relation::name)
                .toList();
        ConcurrentLocks locks = ConcurrentLocks.watch(database::connect, tables);
        List<String> waits;
        try {
            session.execute(statement.sql());
        } finally {
            waits = locks.waits();
        }
        observed.put(statement.start(), differences.outside(before, Snapshot.read(session), locks.strongest(), waits));
    }

    private Result failed(Statement statement, DatabaseException e, Differences differences, boolean transactional) {
        String message = e.error().message()
                + (UNDEFINED.contains(e.sqlState())
                        ? " (if something else than these scripts makes it, give a dump of that with --dump FILE)"
                        : "");
        observed.put(statement.start(), differences.failed(transactional, message));
        return new Result(observed, Optional.of(e));
    }

    private static List<Statement> statements(MigrationScript script) {
        try (PgParser parser = new PgParser()) {
            return Script.parse(parser, script.source(), script.startOffset(), script.endOffset()).statements().stream()
                    .filter(statement -> !statement.type().equals("TransactionStmt"))
                    .toList();
        }
    }
}
