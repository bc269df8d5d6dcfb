package dev.sluice.planner;

import dev.sluice.catalog.Column;
import dev.sluice.catalog.Sequence;
import dev.sluice.catalog.Table;
import dev.sluice.sql.Identifier;
import java.util.List;

/** The statements that make a column an identity column again. Pure. */
public final class Identities {

    private Identities() {}

    /**
     * With the sequence that it had, which goes on after the highest number there is.
     *
     * @param generated {@code ALWAYS} or {@code BY DEFAULT}
     */
    public static List<String> add(Table table, Column column, Sequence sequence, String generated) {
        String quoted = Identifier.quote(column.name());
        return List.of(
                "ALTER TABLE " + table.name().quoted() + " ALTER COLUMN " + quoted + " ADD GENERATED " + generated
                        + " AS IDENTITY (SEQUENCE NAME " + sequence.name().quoted() + ColumnExchange.options(sequence)
                        + ")",
                "SELECT pg_catalog.setval("
                        + Identifier.literal(sequence.name().quoted())
                        + "::pg_catalog.regclass, max(" + quoted + ")) FROM "
                        + table.name().quoted() + " HAVING max(" + quoted + ") > 0");
    }
}
