package dev.sluice.lint.rule;

import dev.sluice.lint.About;
import dev.sluice.lint.Report;
import dev.sluice.lint.Rule;
import dev.sluice.lint.Scene;
import dev.sluice.lint.Severity;
import dev.sluice.lint.schema.KnownIndex;
import dev.sluice.lint.schema.KnownTable;
import dev.sluice.sql.Node;
import dev.sluice.sql.QualifiedName;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** DROP INDEX without CONCURRENTLY on a table in use. */
final class DropIndexBlocking implements Rule {

    @Override
    public String id() {
        return "drop-index-blocking";
    }

    @Override
    public Severity severity() {
        return Severity.WARNING;
    }

    @Override
    public About about() {
        return new About("DROP INDEX locks its table", """
            DROP INDEX needs ACCESS EXCLUSIVE on the table. It is quick once it has it, but it waits for every
            running query of the table, and all queries that come later wait behind it.\
            """, """
                DROP INDEX CONCURRENTLY, outside of a transaction, one index per statement. For an index of a
                partitioned table, and in a transaction: a short lock_timeout, and try again.\
                """);
    }

    @Override
    public String instead(Scene scene) {
        return dropsNothing(scene, Surroundings.dropped(scene.node(), "OBJECT_INDEX"))
                ? "Name the index without its table: CONCURRENTLY, outside of a transaction."
                : about().instead();
    }

    @Override
    public Set<String> types() {
        return Set.of("DropStmt");
    }

    @Override
    public void check(Scene scene, Report report) {
        Node node = scene.node();
        List<List<String>> dropped = Surroundings.dropped(node, "OBJECT_INDEX");
        if (dropped.isEmpty()
                || node.flag("concurrent")
                || scene.effect().failure().isPresent()) {
            return;
        }
        if (dropsNothing(scene, dropped)) {
            report.found(node, "it drops nothing: " + dropped.get(0).get(0) + " is a table, not a schema");
            return;
        }
        List<KnownIndex> known = dropped.stream()
                .flatMap(name -> scene.schema().index(Surroundings.relation(name)).stream())
                .toList();
        QualifiedName[] tables = known.stream()
                .map(KnownIndex::table)
                .filter(scene::isOld)
                .distinct()
                .toArray(QualifiedName[]::new);
        if (tables.length == 0 && known.size() == dropped.size()) {
            return;
        }
        String message = tables.length == 0
                ? "all queries of its table wait while the index is dropped"
                : "all queries of " + tables[0] + " wait while the index is dropped";
        boolean partitioned = Stream.of(tables)
                .anyMatch(name -> scene.schema()
                        .table(name)
                        .filter(KnownTable::isPartitioned)
                        .isPresent());
        boolean mendable = tables.length == 1
                && dropped.size() == 1
                && !partitioned
                && known.get(0).parent().isEmpty()
                && scene.standsAlone()
                && node.text("behavior").equals("DROP_RESTRICT");
        report.found(node, message, mendable ? Words.of(scene).concurrently("INDEX") : Optional.empty(), tables);
    }

    /** {@code DROP INDEX IF EXISTS table.index}, as MySQL has it: PostgreSQL looks for a schema of that name, and is content. */
    private static boolean dropsNothing(Scene scene, List<List<String>> dropped) {
        return scene.node().flag("missing_ok")
                && dropped.stream()
                        .allMatch(name -> name.size() == 2
                                && scene.schema()
                                        .table(Surroundings.relation(List.of(name.get(0))))
                                        .isPresent()
                                && scene.schema().tables().stream()
                                        .noneMatch(
                                                table -> table.name().schema().equals(name.get(0))));
    }
}
