package dev.sluice.planner;

import dev.sluice.catalog.Column;

/** A column's type as SQL. */
final class ColumnTypes {

    private ColumnTypes() {}

    /** With its collation when that is not the type's own. */
    static String sql(Column column) {
        return column.type().formatted()
                + column.collation().map(c -> " COLLATE " + c.quoted()).orElse("");
    }
}
