package dev.sluice.lint.rule;

import dev.sluice.lint.About;
import dev.sluice.lint.Report;
import dev.sluice.lint.Rule;
import dev.sluice.lint.Scene;
import dev.sluice.lint.Severity;
import dev.sluice.sql.Node;
import java.util.Set;

/** ADD COLUMN with a default that is computed for each row. */
final class AddColumnVolatileDefault implements Rule {

    @Override
    public String id() {
        return "add-column-volatile-default";
    }

    @Override
    public Severity severity() {
        return Severity.ERROR;
    }

    @Override
    public boolean isAboutWork() {
        return true;
    }

    @Override
    public About about() {
        return new About("a default that PostgreSQL has to compute for every row", """
                A constant or STABLE default, such as now(), is stored once in the catalog. A VOLATILE one has to be
                called for each row, so PostgreSQL writes the whole table and all its indexes anew, under ACCESS
                EXCLUSIVE.""", """
                Add the column without a default, ALTER COLUMN c SET DEFAULT for the rows to come, and fill the old
                ones in batches. `sluice plan` makes that of this statement.""");
    }

    @Override
    public Set<String> types() {
        return Set.of("AlterTableStmt");
    }

    @Override
    public void check(Scene scene, Report report) {
        scene.newColumns()
                .forEach(part -> part.inline("CONSTR_DEFAULT").ifPresent(value -> {
                    if (!part.effect().rewritten().isEmpty()) {
                        if (!AddColumnSerial.takesFromSequence(value)
                                && !AddColumnConstrainedDomain.hasOne(scene, part)) {
                            report.found(
                                    value,
                                    "the default of " + part.column()
                                            + " is computed for each row: the table is rewritten while"
                                            + " nothing can read or write it",
                                    part.table().name());
                        }
                    } else if (callsUnknown(scene, value)) {
                        report.found(
                                Severity.WARNING,
                                value,
                                "if the function is volatile, the default of " + part.column()
                                        + " rewrites the table while nothing can" + " read or write it",
                                part.table().name());
                    }
                }));
    }

    /** A function with a schema of its own that no script makes may be anything. */
    private static boolean callsUnknown(Scene scene, Node value) {
        return value.all("FuncCall").stream()
                .map(call -> call.strings("funcname"))
                .anyMatch(name -> name.size() > 1
                        && !name.get(0).equals("pg_catalog")
                        && scene.schema().function(name).isEmpty());
    }
}
