package dev.sluice.lint.rule;

import dev.sluice.lint.About;
import dev.sluice.lint.Finding.Fix;
import dev.sluice.lint.Report;
import dev.sluice.lint.Rule;
import dev.sluice.lint.Scene;
import dev.sluice.lint.Severity;
import dev.sluice.lint.effect.Effect;
import dev.sluice.lint.schema.Expressions;
import dev.sluice.lint.schema.KnownTable;
import dev.sluice.plan.LockMode;
import dev.sluice.sql.Node;
import dev.sluice.sql.QualifiedName;
import dev.sluice.sql.Statement;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** ALTER TABLE that reads or writes all rows once more. */
final class MultipleAlterSameTable implements Rule {

    @Override
    public String id() {
        return "multiple-alter-same-table";
    }

    @Override
    public Severity severity() {
        return Severity.WARNING;
    }

    @Override
    public About about() {
        return new About(
                "two ALTER TABLE that each go through the whole table", """
                    Each ALTER TABLE goes through the rows for itself. Parts of one statement share the way: a table is
                    rewritten once, and new checks are looked at on it.\
                    """, "ALTER TABLE t first part, second part;");
    }

    @Override
    public Set<String> types() {
        return Set.of("AlterTableStmt");
    }

    @Override
    public void check(Scene scene, Report report) {
        if (!scene.is("AlterTableStmt")) {
            return;
        }
        scene.oldTable()
                .filter(table -> goesThrough(scene.effect(), table.name()))
                .filter(table -> scene.earlier("AlterTableStmt")
                        .anyMatch(done -> goesThrough(done.effect(), table.name())
                                && done.effect().lock(table.name())
                                        == scene.effect().lock(table.name())))
                .ifPresent(table -> report.found(
                        scene.node(),
                        "all rows of " + table.name() + " are gone through once more, as by a statement above",
                        fix(scene, table),
                        table.name()));
    }

    /** Only with the statement right above, and only what comes to the same in any order: parts about different columns. */
    private static Optional<Fix> fix(Scene scene, KnownTable table) {
        Statement above = scene.earlier().get(scene.earlier().size() - 1).statement();
        boolean same = above.node().is("AlterTableStmt")
                && scene.schema().name(above.node().get("relation")).equals(table.name());
        if (!same || !canMerge(above.node()) || !canMerge(scene.node())) {
            return Optional.empty();
        }
        Set<String> columns = mentioned(above.node());
        columns.retainAll(mentioned(scene.node()));
        return columns.isEmpty()
                ? AlterText.of(scene.statement()).flatMap(text -> {
                    String parts = text.parts().stream()
                            .map(part -> part.of(scene.statement()))
                            .collect(Collectors.joining(", "));
                    return text.words()
                            .edits()
                            .put(above.end(), ", " + parts)
                            .delete(scene.statement())
                            .fix();
                })
                : Optional.empty();
    }

    private static boolean canMerge(Node alter) {
        return alter.list("cmds").stream()
                .allMatch(c -> Set.of("AT_AlterColumnType", "AT_SetNotNull").contains(c.text("subtype"))
                        || c.get("def").text("contype").equals("CONSTR_CHECK"));
    }

    private static Set<String> mentioned(Node alter) {
        Set<String> columns = new HashSet<>();
        alter.list("cmds").forEach(command -> {
            columns.add(command.text("name"));
            columns.addAll(Expressions.columns(command.get("def").get("raw_expr")));
            columns.addAll(Expressions.columns(command.get("def").get("raw_default")));
        });
        columns.remove("");
        return columns;
    }

    private static boolean goesThrough(Effect effect, QualifiedName table) {
        return (effect.scanned().contains(table) || effect.rewritten().contains(table))
                && effect.lock(table).compareTo(LockMode.SHARE) >= 0;
    }
}
