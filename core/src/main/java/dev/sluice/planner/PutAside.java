package dev.sluice.planner;

import dev.sluice.sql.Identifier;
import dev.sluice.sql.QualifiedName;
import java.util.List;

/** Takes a column that the migration made out of sight. Pure. */
public final class PutAside {

    private PutAside() {}

    /** Renames the column and strips it of what would burden writers; does nothing when it is gone already. */
    public static String sql(QualifiedName table, String column, String archived) {
        String alter = "ALTER TABLE " + table.quoted();
        String quoted = Identifier.quote(archived);
        return IfExists.of(
                IfExists.column(table, column),
                List.of(
                        alter + " RENAME COLUMN " + Identifier.quote(column) + " TO " + quoted,
                        alter + " ALTER COLUMN " + quoted + " DROP IDENTITY IF EXISTS",
                        alter + " ALTER COLUMN " + quoted + " DROP NOT NULL, ALTER COLUMN " + quoted
                                + " DROP DEFAULT"));
    }
}
