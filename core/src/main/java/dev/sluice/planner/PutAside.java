package dev.sluice.planner;

import dev.sluice.sql.DollarQuote;
import dev.sluice.sql.Identifier;
import dev.sluice.sql.QualifiedName;

/** Takes a column that the migration made out of sight. Pure. */
public final class PutAside {

    private PutAside() {}

    /** Renames the column and strips it of what would burden writers; does nothing when it is gone already. */
    public static String sql(QualifiedName table, String column, String archived) {
        String alter = "ALTER TABLE " + table.quoted();
        String quoted = Identifier.quote(archived);
        return "DO "
                + DollarQuote.of("BEGIN\n"
                        + "  IF EXISTS (SELECT FROM pg_catalog.pg_attribute WHERE attrelid = "
                        + Identifier.literal(table.quoted())
                        + "::pg_catalog.regclass AND attname = " + Identifier.literal(column)
                        + " AND NOT attisdropped) THEN\n"
                        + "    " + alter + " RENAME COLUMN " + Identifier.quote(column) + " TO " + quoted + ";\n"
                        + "    " + alter + " ALTER COLUMN " + quoted + " DROP IDENTITY IF EXISTS;\n"
                        + "    " + alter + " ALTER COLUMN " + quoted + " DROP NOT NULL, ALTER COLUMN " + quoted
                        + " DROP DEFAULT;\n"
                        + "  END IF;\nEND");
    }
}
