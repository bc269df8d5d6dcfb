package dev.sluice.lint.rule;

import dev.sluice.lint.About;
import dev.sluice.lint.Report;
import dev.sluice.lint.Rule;
import dev.sluice.lint.Scene;
import dev.sluice.lint.Severity;
import dev.sluice.lint.schema.ColumnType;
import java.util.Set;

/** A change of a table's columns under prepared statements. */
final class PreparedPlanInvalidated implements Rule {

    @Override
    public String id() {
        return "prepared-plan-invalidated";
    }

    @Override
    public Severity severity() {
        return Severity.INFO;
    }

    @Override
    public boolean isHabit() {
        return true;
    }

    @Override
    public About about() {
        return new About("prepared SELECT * fails once the columns change", """
            A statement that was prepared before and whose result has other columns now fails with "cached plan
            must not change result type". Drivers prepare of themselves: pgjdbc from the fifth run on. In a
            transaction the error ends it.\
            """, """
                Name the columns in queries. For pgjdbc, autosave=conservative or a short maximum age of pooled
                connections during the migration.\
                """);
    }

    @Override
    public Set<String> types() {
        return Set.of("AlterTableStmt");
    }

    @Override
    public void check(Scene scene, Report report) {
        scene.parts().stream()
                .filter(part -> part.is("AT_DropColumn")
                        || part.is("AT_AlterColumnType") && isOther(part)
                        || part.is("AT_AddColumn")
                                && part.table()
                                        .column(part.definition().text("colname"))
                                        .isEmpty())
                .limit(1)
                .forEach(part -> report.found(
                        scene.node(),
                        "prepared SELECT * of " + part.table().name() + " fails in connections that are open now",
                        part.table().name()));
    }

    private static boolean isOther(Scene.Part part) {
        return part.table()
                .column(part.name())
                .map(column ->
                        !column.type().equals(ColumnType.of(part.definition().get("typeName"))))
                .orElse(true);
    }
}
