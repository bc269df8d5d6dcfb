package dev.sluice.lint.rule;

import dev.sluice.lint.About;
import dev.sluice.lint.Report;
import dev.sluice.lint.Rule;
import dev.sluice.lint.Scene;
import dev.sluice.lint.Severity;
import dev.sluice.sql.Node;
import dev.sluice.sql.QualifiedName;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** A primary key that can run out. */
final class IntegerPrimaryKey implements Rule {

    private static final Set<String> SMALL = Set.of("int2", "int4", "serial", "serial4", "smallserial", "serial2");

    @Override
    public String id() {
        return "integer-primary-key";
    }

    @Override
    public Severity severity() {
        return Severity.WARNING;
    }

    @Override
    public About about() {
        return new About(
                "a primary key of a small integer type",
                """
                An int ends at 2,147,483,647, and rows that were deleted or rolled back use numbers too. When it is
                reached every insert fails, and the way out rewrites the table and all that refers to it.\
                """,
                "bigint" + " GENERATED" + " BY DEFAULT" + " AS IDENTITY" + " PRIMARY" + " KEY");
    }

    @Override
    public Set<String> types() {
        return Set.of("CreateStmt");
    }

    @Override
    public void check(Scene scene, Report report) {
        Optional<QualifiedName> made = Surroundings.made(scene);
        if (made.isEmpty()) {
            return;
        }
        List<Node> elements = scene.node().list("tableElts");
        Set<String> keys = elements.stream()
                .filter(e -> e.text("contype").equals("CONSTR_PRIMARY"))
                .map(e -> e.strings("keys"))
                .filter(columns -> columns.size() == 1)
                .map(columns -> columns.get(0))
                .collect(Collectors.toSet());
        Columns.defined(scene)
                .filter(column -> Columns.has(column, "CONSTR_PRIMARY") || keys.contains(column.text("colname")))
                .filter(column -> SMALL.contains(Columns.type(column)))
                .filter(column -> !Columns.has(column, "CONSTR_FOREIGN") && !refers(elements, column))
                .forEach(column -> report.found(
                        column,
                        made.get() + "." + column.text("colname") + " ends at "
                                + (Columns.type(column).contains("2")
                                                || Columns.type(column).startsWith("small")
                                        ? "32,767"
                                        : "2,147,483,647"),
                        Columns.retyped(
                                scene, column, Columns.type(column).contains("serial") ? "bigserial" : "bigint"),
                        made.get()));
    }

    /** What refers to another table has the type of that. */
    private static boolean refers(List<Node> elements, Node column) {
        return elements.stream()
                .anyMatch(e -> e.text("contype").equals("CONSTR_FOREIGN")
                        && e.strings("fk_attrs").contains(column.text("colname")));
    }
}
