package dev.sluice.planner;

import dev.sluice.sql.DollarQuote;
import dev.sluice.sql.Identifier;
import dev.sluice.sql.QualifiedName;
import java.util.List;

/** Statements that depend on whether a thing is there, where PostgreSQL has no {@code IF EXISTS} for them. Pure. */
public final class IfExists {

    private IfExists() {}

    /** A column of a table that is there: for {@link #of(String, List)}. */
    public static String column(QualifiedName table, String column) {
        return "SELECT FROM pg_catalog.pg_attribute WHERE attrelid = " + Identifier.literal(table.quoted())
                + "::pg_catalog.regclass AND attname = " + Identifier.literal(column) + " AND NOT attisdropped";
    }

    /**
     * A DO block.
     *
     * @param query has a row when the thing is there
     * @param then statements without semicolons
     */
    public static String of(String query, List<String> then) {
        return of(query, then, List.of());
    }

    /** The same with {@code otherwise} for when it is not there. */
    public static String of(String query, List<String> then, List<String> otherwise) {
        StringBuilder body = new StringBuilder("BEGIN\n  IF EXISTS (" + query + ") THEN\n");
        then.forEach(statement -> body.append("    ").append(statement).append(";\n"));
        if (!otherwise.isEmpty()) {
            body.append("  ELSE\n");
            otherwise.forEach(statement -> body.append("    ").append(statement).append(";\n"));
        }
        return "DO " + DollarQuote.of(body.append("  END IF;\nEND").toString());
    }
}
