package dev.sluice.lint.rule;

import dev.sluice.lint.About;
import dev.sluice.lint.Edits;
import dev.sluice.lint.Finding.Fix;
import dev.sluice.lint.Report;
import dev.sluice.lint.Rule;
import dev.sluice.lint.Scene;
import dev.sluice.lint.Scene.Part;
import dev.sluice.lint.Severity;
import dev.sluice.lint.schema.KnownSchema;
import dev.sluice.lint.schema.KnownTable;
import dev.sluice.sql.Node;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** ALTER COLUMN … TYPE without ANALYZE after it. */
final class ChangeTypeLosesStatistics implements Rule {

    @Override
    public String id() {
        return "change-type-loses-statistics";
    }

    @Override
    public Severity severity() {
        return Severity.INFO;
    }

    @Override
    public About about() {
        return new About("a type change that leaves no statistics", """
                PostgreSQL deletes what it knows of the values of a column whose type changes, even if the rows stay
                as they are. Until ANALYZE has run, the planner guesses, and may choose bad plans.""", "ANALYZE t (c) right after the change.");
    }

    @Override
    public Set<String> types() {
        return Set.of("AlterTableStmt");
    }

    @Override
    public void check(Scene scene, Report report) {
        scene.parts("AT_AlterColumnType")
                .filter(part ->
                        scene.after("VacuumStmt").noneMatch(s -> analyzes(s.node(), scene.schema(), part.table())))
                .forEach(part -> report.found(
                        part.definition(),
                        "the planner knows nothing of " + part.column() + " until the table is analyzed",
                        fix(scene, part),
                        part.table().name()));
    }

    /** One for all columns, and not in a transaction: the lock would last until it has run. */
    private static Optional<Fix> fix(Scene scene, Part part) {
        List<String> columns =
                scene.parts("AT_AlterColumnType").map(Part::name).distinct().toList();
        return scene.transactional() || !columns.get(0).equals(part.name())
                ? Optional.empty()
                : new Edits(scene.statement().source())
                        .after(
                                scene.statement(),
                                "ANALYZE " + Words.sql(scene.node().get("relation")) + " (" + Words.columns(columns)
                                        + ")")
                        .fix();
    }

    private static boolean analyzes(Node node, KnownSchema schema, KnownTable table) {
        List<Node> relations = node.list("rels");
        return node.is("VacuumStmt")
                && (relations.isEmpty()
                        || relations.stream()
                                .anyMatch(r -> schema.name(r.get("relation")).equals(table.name())));
    }
}
