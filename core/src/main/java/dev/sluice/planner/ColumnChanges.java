package dev.sluice.planner;

import static java.util.Objects.requireNonNull;

/** Makes the steps for all that a migration does to the columns of one table. */
final class ColumnChanges {

    private final Draft draft;
    private final TableDraft table;

    ColumnChanges(Draft draft, TableDraft table) {
        this.draft = requireNonNull(draft);
        this.table = requireNonNull(table);
    }

    void plan() {
        requireNonNull(draft);
        requireNonNull(table);
    }
}
