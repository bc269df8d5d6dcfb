package dev.sluice.plan;

import static java.util.Objects.requireNonNull;

/** One {@code SET column = expression} of a backfill; the expression is SQL over the table's own columns. */
public record Assignment(String column, String expression) {

    public Assignment {
        requireNonNull(column);
        requireNonNull(expression);
    }
}
