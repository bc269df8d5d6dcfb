package dev.sluice.backfill;

import dev.sluice.ExitCode;
import dev.sluice.SluiceException;
import dev.sluice.db.DatabaseException;

/** The statement fails on the data of one row. */
final class RowFailure extends SluiceException {
    private static final long serialVersionUID = 1L;

    private final String row;
    private final DatabaseException refusal;

    /** @param row as {@code id=70000} */
    RowFailure(String activity, Leaf leaf, String row, DatabaseException cause) {
        super(
                ExitCode.FAILED_SAFE,
                "The " + activity + " of " + leaf.name() + " fails on the row " + row + ": " + serverMessage(cause)
                        + "\nAll other batches so far are complete, nothing of this row's batch was changed."
                        + " Mend the row (or the migration), then run the same command again: it goes on from here.",
                cause);
        this.row = row;
        this.refusal = cause;
    }

    String row() {
        return row;
    }

    DatabaseException refusal() {
        return refusal;
    }

    /** The server's own words. */
    static String serverMessage(DatabaseException e) {
        StringBuilder text = new StringBuilder(e.error().message());
        e.error().detail().ifPresent(detail -> text.append(" (").append(detail).append(')'));
        if (!e.sqlState().isEmpty()) {
            text.append(" [SQLSTATE ").append(e.sqlState()).append(']');
        }
        return text.toString();
    }
}
