package dev.sluice.lint.effect;

import dev.sluice.lint.schema.KnownSchema;
import dev.sluice.lint.schema.KnownTable;
import dev.sluice.sql.QualifiedName;

/** Views that need a column. */
final class Readers {

    private final KnownSchema schema;
    private final Impact impact;

    Readers(KnownSchema schema, Impact impact) {
        this.schema = schema;
        this.impact = impact;
    }

    /** PostgreSQL refuses what a view forbids; whose column a view of several tables means is not looked up. */
    void need(KnownTable table, String column) {
        for (KnownTable view : schema.readersOf(table.name())) {
            if (!view.mentions(table.name(), column)) {
                continue;
            }
            boolean another = view.reads().stream()
                    .filter(name -> !name.equals(table.name()))
                    .anyMatch(name -> mayHave(name, column));
            if (another) {
                impact.doubt("whether " + view.name() + " uses this column: then PostgreSQL refuses");
            } else {
                impact.fails(view.name() + " uses the column");
            }
        }
    }

    private boolean mayHave(QualifiedName relation, String column) {
        return schema.table(relation)
                .map(t -> !t.columnsAreKnown() || t.column(column).isPresent())
                .orElse(true);
    }
}
