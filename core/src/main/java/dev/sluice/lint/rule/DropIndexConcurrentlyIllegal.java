package dev.sluice.lint.rule;

import dev.sluice.lint.About;
import dev.sluice.lint.Edits;
import dev.sluice.lint.Finding.Fix;
import dev.sluice.lint.Report;
import dev.sluice.lint.Rule;
import dev.sluice.lint.Scene;
import dev.sluice.lint.Severity;
import dev.sluice.lint.schema.KnownConstraint;
import dev.sluice.lint.schema.KnownIndex;
import dev.sluice.lint.schema.KnownTable;
import dev.sluice.sql.Identifier;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** DROP INDEX that PostgreSQL refuses. */
final class DropIndexConcurrentlyIllegal implements Rule {

    @Override
    public String id() {
        return "drop-index-concurrently-illegal";
    }

    @Override
    public Severity severity() {
        return Severity.ERROR;
    }

    @Override
    public About about() {
        return new About("a DROP INDEX that fails", """
            CONCURRENTLY drops one index per statement, without CASCADE. The index of a primary key, a unique or
            an exclusion constraint goes with its constraint only, the index of a partition with that of the
            partitioned table.\
            """, """
                One DROP INDEX CONCURRENTLY per index; ALTER TABLE t DROP CONSTRAINT c for the index of a
                constraint.\
                """);
    }

    @Override
    public Set<String> types() {
        return Set.of("DropStmt");
    }

    @Override
    public void check(Scene scene, Report report) {
        List<List<String>> dropped = Surroundings.dropped(scene.node(), "OBJECT_INDEX");
        if (dropped.isEmpty()) {
            return;
        }
        Optional<KnownIndex> index = scene.schema().index(Surroundings.relation(dropped.get(0)));
        boolean partitioned = dropped.size() == 1
                && scene.node().flag("concurrent")
                && index.flatMap(i -> scene.schema().table(i.table()))
                        .filter(KnownTable::isPartitioned)
                        .isPresent();
        if (!partitioned) { // concurrently-on-partitioned says it
            scene.effect()
                    .failure()
                    .ifPresent(why ->
                            report.found(scene.node(), "the statement fails: " + why, fix(scene, dropped, index)));
        }
    }

    private static Optional<Fix> fix(Scene scene, List<List<String>> dropped, Optional<KnownIndex> index) {
        if (!scene.node().text("behavior").equals("DROP_RESTRICT")) {
            return Optional.empty();
        }
        if (dropped.size() > 1) {
            return scene.node().flag("concurrent") && !scene.transactional()
                    ? oneEach(scene, dropped)
                    : Optional.empty();
        }
        return index.flatMap(i -> scene.schema()
                .table(i.table())
                .flatMap(table -> table.constraint(i.name().name()))
                .filter(KnownConstraint::hasIndex)
                .flatMap(constraint -> new Edits(scene.statement().source())
                        .replace(
                                scene.statement().start(),
                                scene.statement().end(),
                                "ALTER TABLE " + i.table() + " DROP CONSTRAINT " + Identifier.quote(constraint.name()))
                        .fix()));
    }

    private static Optional<Fix> oneEach(Scene scene, List<List<String>> dropped) {
        String drop = "DROP INDEX CONCURRENTLY " + (scene.node().flag("missing_ok") ? "IF EXISTS " : "");
        String statements = dropped.stream()
                .map(name -> drop + Words.sql(Surroundings.relation(name)))
                .collect(Collectors.joining(";\n"));
        return new Edits(scene.statement().source())
                .replace(scene.statement().start(), scene.statement().end(), statements)
                .fix();
    }
}
