package dev.sluice.lab.proof.shapes;

import dev.sluice.db.DatabaseException;
import dev.sluice.db.Row;
import dev.sluice.db.ServerError;
import dev.sluice.db.Session;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * What a statement came to.
 *
 * @param error empty when it was accepted
 * @param affected rows written or returned
 * @param rows those returned, as text
 */
record Outcome(Optional<ServerError> error, long affected, List<List<String>> rows) {

    private static final Comparator<List<String>> BY_TEXT = Comparator.comparing(List::toString);

    Outcome {
        rows = List.copyOf(rows);
    }

    /** Runs it in the transaction that is open; deferred constraints are checked too. */
    static Outcome of(Session session, VersionStatement statement) {
        try {
            List<List<String>> rows = new ArrayList<>();
            long affected;
            if (statement.returnsRows()) {
                rows.addAll(session.query(statement.sql(), Outcome::values));
                affected = rows.size();
            } else {
                affected = session.execute(statement.sql());
            }
            session.execute("SET CONSTRAINTS ALL IMMEDIATE");
            if (!statement.ordered()) {
                rows.sort(BY_TEXT);
            }
            return new Outcome(Optional.empty(), affected, rows);
        } catch (DatabaseException e) {
            if (e.isConnectionLost()) {
                throw e;
            }
            return new Outcome(Optional.of(e.error()), 0, List.of());
        }
    }

    private static List<String> values(Row row) {
        List<String> values = new ArrayList<>();
        for (int i = 1; i <= row.columns(); i++) {
            values.add(row.textIfAny(i).map(v -> "'" + v + "'").orElse("NULL"));
        }
        return values;
    }

    boolean isAccepted() {
        return error.isEmpty();
    }

    String sqlState() {
        return error.map(ServerError::sqlState).orElse("");
    }

    boolean is(String state) {
        return sqlState().equals(state);
    }

    /** For both an application would go on in the same way. */
    boolean isSameAs(Outcome other) {
        return sqlState().equals(other.sqlState()) && affected == other.affected && Moments.sameRows(rows, other.rows);
    }

    @Override
    public String toString() {
        if (error.isPresent()) {
            return "fails: " + error.get().message() + " (SQLSTATE " + sqlState() + ")";
        }
        return affected + (affected == 1 ? " row" : " rows") + (rows.isEmpty() ? "" : ": " + rows);
    }
}
