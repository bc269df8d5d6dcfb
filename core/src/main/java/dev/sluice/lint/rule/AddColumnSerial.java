package dev.sluice.lint.rule;

import dev.sluice.lint.About;
import dev.sluice.lint.Report;
import dev.sluice.lint.Rule;
import dev.sluice.lint.Scene;
import dev.sluice.lint.Severity;
import dev.sluice.lint.schema.ColumnType;
import dev.sluice.sql.Node;
import java.util.Set;

/** ADD COLUMN of a serial type, or with a default from a sequence. */
final class AddColumnSerial implements Rule {

    @Override
    public String id() {
        return "add-column-serial";
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
        return new About("a serial column on a table with rows", """
                Each row that is there gets a number, so PostgreSQL writes the whole table and all its indexes anew,
                under ACCESS EXCLUSIVE.""", """
                Add a nullable bigint, create the sequence and SET DEFAULT nextval(…), fill the old rows in batches,
                then SET NOT NULL with the help of a validated check.""");
    }

    @Override
    public Set<String> types() {
        return Set.of("AlterTableStmt");
    }

    @Override
    public void check(Scene scene, Report report) {
        scene.newColumns()
                .filter(part -> !part.effect().rewritten().isEmpty())
                .filter(part -> ColumnType.of(part.definition().get("typeName")).isSerial()
                        || part.inline("CONSTR_DEFAULT")
                                .filter(AddColumnSerial::takesFromSequence)
                                .isPresent())
                .forEach(part -> report.found(
                        part.definition(),
                        "numbering the rows for " + part.column()
                                + " rewrites the table while nothing can read or write it",
                        part.table().name()));
    }

    /** Whether a default is {@code nextval(…)}. */
    static boolean takesFromSequence(Node constraint) {
        return constraint.get("raw_expr").all("FuncCall").stream()
                .anyMatch(call -> call.strings("funcname").contains("nextval"));
    }
}
