package dev.sluice.lab.rows;

import dev.sluice.sql.QualifiedName;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * A statement that an application could send: complete text without parameters and without volatile functions, so that two
 * databases with the same rows do the same with it. Immutable.
 *
 * @param relation the table or view it writes to
 * @param returning it ends in RETURNING with named columns; the order of the rows is PostgreSQL's
 * @param rows how many rows it wrote (or skipped to write, for DO NOTHING: none) when it was tried
 * @param rejection the SQLSTATE with which PostgreSQL rejected it when it was tried: every database with the same rows and
 *     the same schema must; empty when it was accepted
 * @param undetermined columns left to a default that another database fills with another value, such as {@code now()};
 *     always empty unless asked for
 */
public record RandomStatement(
        QualifiedName relation,
        Kind kind,
        String sql,
        boolean returning,
        long rows,
        Optional<String> rejection,
        Set<String> undetermined) {

    /** What it does. */
    public enum Kind {
        /** INSERT of one row. */
        INSERT,
        /** INSERT of several rows. */
        INSERT_ROWS,
        /** INSERT … ON CONFLICT DO NOTHING, with or without a conflict target. */
        INSERT_OR_NOTHING,
        /** INSERT … ON CONFLICT (key) DO UPDATE. */
        UPSERT,
        /** UPDATE of the row with this key. */
        UPDATE,
        /** UPDATE that changes nothing: {@code SET a = a}. */
        UPDATE_NOTHING,
        /** UPDATE that sets columns back to their defaults: {@code SET a = DEFAULT}. */
        UPDATE_DEFAULTS,
        /** UPDATE of the key itself. */
        UPDATE_KEY,
        /** UPDATE of all rows that meet a condition. */
        UPDATE_ROWS,
        /** DELETE of the row with this key. */
        DELETE,
        /** DELETE of all rows that meet a condition. */
        DELETE_ROWS
    }

    public RandomStatement {
        Objects.requireNonNull(relation, "relation");
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(sql, "sql");
        Objects.requireNonNull(rejection, "rejection");
        undetermined = Set.copyOf(undetermined);
    }

    /** Whether PostgreSQL accepted it when it was tried. */
    public boolean isAccepted() {
        return rejection.isEmpty();
    }
}
