package dev.sluice.lab.proof;

import static java.util.Objects.requireNonNull;

import dev.sluice.db.DatabaseException;
import dev.sluice.db.Session;
import dev.sluice.lab.TestDatabase;
import dev.sluice.migration.MigrationScript;
import dev.sluice.migration.TransactionMode;
import dev.sluice.parser.PgParser;
import dev.sluice.sql.Script;
import dev.sluice.sql.Statement;
import java.sql.DriverManager;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A script as its author would run it on an empty evening: its statements in one transaction, or, when it says so or
 * PostgreSQL wants it so, one by one. No part of Sluice but its parser, which splits the script.
 */
public final class PlainRun {

    /** {@code active_sql_transaction}, and {@code unsafe_new_enum_value_usage}: the statements have to be committed one by one. */
    private static final Set<String> NOT_IN_A_TRANSACTION = Set.of("25001", "55P04");

    /**
     * How it ended.
     *
     * @param failure what the server said; empty when all statements ran
     * @param untouched whether nothing was changed
     */
    public record Result(Optional<DatabaseException> failure, boolean untouched) {
        public Result {
            requireNonNull(failure);
        }
    }

    private PlainRun() {}

    /** @throws dev.sluice.SluiceException for a syntax error */
    public static Result run(TestDatabase database, MigrationScript script) {
        List<String> statements = statements(script);
        if (statements.isEmpty()) {
            return new Result(Optional.empty(), true);
        }
        // simple mode: the driver would lose its way between the statements of a BEGIN ATOMIC body
        String url = database.jdbcUrl() + "&preferQueryMode=simple";
        try (Session session = Session.open(() -> DriverManager.getConnection(url), "plain run")) {
            if (script.transaction() == TransactionMode.OFF) {
                return oneByOne(session, statements);
            }
            try {
                session.inTransaction(() -> statements.forEach(session::execute));
                return new Result(Optional.empty(), false);
            } catch (DatabaseException e) {
                if (NOT_IN_A_TRANSACTION.contains(e.sqlState())) {
                    return oneByOne(session, statements);
                }
                return new Result(Optional.of(e), true);
            }
        }
    }

    private static Result oneByOne(Session session, List<String> statements) {
        try {
            statements.forEach(session::execute);
            return new Result(Optional.empty(), false);
        } catch (DatabaseException e) {
            return new Result(Optional.of(e), false);
        }
    }

    /** Its own transaction control would get in the way of ours, as it would of Sluice's. */
    private static List<String> statements(MigrationScript script) {
        try (PgParser parser = new PgParser()) {
            return Script.parse(parser, script.source(), script.startOffset(), script.endOffset()).statements().stream()
                    .filter(statement -> !statement.type().equals("TransactionStmt"))
                    .map(Statement::sql)
                    .toList();
        }
    }
}
