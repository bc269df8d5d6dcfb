package dev.sluice.lint.rule;

import dev.sluice.lint.About;
import dev.sluice.lint.Report;
import dev.sluice.lint.Rule;
import dev.sluice.lint.Scene;
import dev.sluice.lint.Severity;
import dev.sluice.lint.schema.ColumnType;

/** serial and its kin in a new table. */
final class SerialColumn implements Rule {

    @Override
    public String id() {
        return "serial-column";
    }

    @Override
    public Severity severity() {
        return Severity.INFO;
    }

    @Override
    public About about() {
        return new About("serial instead of identity", """
            serial is a default and a sequence that only look like one thing: inserts need a grant for the
            sequence, the default can be changed apart from it, and CREATE TABLE … LIKE shares the sequence.\
            """, "bigint" + " GENERATED" + " BY DEFAULT" + " AS IDENTITY");
    }

    @Override
    public void check(Scene scene, Report report) {
        if (scene.is("AlterTableStmt") && scene.parts().stream().findAny().isPresent()) {
            return; // add-column-serial says worse
        }
        Columns.defined(scene)
                .filter(column -> ColumnType.of(column.get("typeName")).isSerial())
                .forEach(column -> report.found(column, column.text("colname") + " has a sequence of its own rights"));
    }
}
