package dev.sluice.lifecycle;

import dev.sluice.db.Session;
import dev.sluice.lab.TestDatabase;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;

/**
 * A table in which the applications note each statement, in the statement's own transaction. When an answer was lost, it
 * says whether the statement has happened; and what was confirmed must be in it.
 */
final class Ledger {

    private Ledger() {}

    static void create(TestDatabase database) throws SQLException {
        database.execute(
                "CREATE SCHEMA ledger; CREATE TABLE ledger.done (n bigint PRIMARY KEY, statement text NOT NULL)");
    }

    /** The statement, and its entry. */
    static String with(String statement, long n) {
        return statement + ";\nINSERT INTO ledger.done VALUES (" + n + ", '" + statement.replace("'", "''") + "')";
    }

    /** Takes the ledger away. */
    static Found close(TestDatabase database) throws SQLException {
        Found found;
        try (Session session = Session.open(database::connect, "test")) {
            found = new Found(
                    session.query("SELECT n FROM ledger.done", row -> row.number(1)),
                    session.query("SELECT statement FROM ledger.done ORDER BY n", row -> row.text(1)));
        }
        database.execute("DROP SCHEMA ledger CASCADE");
        return found;
    }

    /**
     * What was in it.
     *
     * @param statements in the order in which they were run, if one application did
     */
    record Found(List<Long> numbers, List<String> statements) {

        Collection<Long> missing(Collection<Long> confirmed) {
            TreeSet<Long> missing = new TreeSet<>(confirmed);
            numbers.forEach(missing::remove);
            return missing;
        }
    }
}
