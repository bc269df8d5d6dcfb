package dev.sluice.lint.rule;

import dev.sluice.lint.About;
import dev.sluice.lint.Report;
import dev.sluice.lint.Rule;
import dev.sluice.lint.Scene;
import dev.sluice.lint.Severity;
import dev.sluice.lint.schema.KnownTable;
import java.util.Set;

/** CONCURRENTLY for an index of a partitioned table, which PostgreSQL refuses. */
final class ConcurrentlyOnPartitioned implements Rule {

    @Override
    public String id() {
        return "concurrently-on-partitioned";
    }

    @Override
    public Severity severity() {
        return Severity.ERROR;
    }

    @Override
    public About about() {
        return new About("CONCURRENTLY does not work on partitioned tables", """
            PostgreSQL refuses CREATE INDEX CONCURRENTLY on a partitioned table, and DROP INDEX CONCURRENTLY of
            its index.\
            """, """
                CREATE INDEX i ON ONLY t (c); for each partition CREATE INDEX CONCURRENTLY i_p ON p (c), then ALTER
                INDEX i ATTACH PARTITION i_p. An index of a partitioned table goes by DROP INDEX, with a
                lock_timeout.\
                """);
    }

    @Override
    public Set<String> types() {
        return Set.of("IndexStmt", "DropStmt");
    }

    @Override
    public void check(Scene scene, Report report) {
        if (!scene.node().flag("concurrent") || scene.effect().failure().isEmpty()) {
            return;
        }
        if (scene.is("IndexStmt")) {
            scene.schema()
                    .table(scene.node().get("relation"))
                    .filter(KnownTable::isPartitioned)
                    .ifPresent(table -> say(scene, report, "created", table));
        } else {
            Surroundings.dropped(scene.node(), "OBJECT_INDEX").stream()
                    .limit(1)
                    .flatMap(name -> scene.schema().index(Surroundings.relation(name)).stream())
                    .flatMap(index -> scene.schema().table(index.table()).stream())
                    .filter(KnownTable::isPartitioned)
                    .forEach(table -> say(scene, report, "dropped", table));
        }
    }

    private static void say(Scene scene, Report report, String done, KnownTable table) {
        report.found(
                scene.node(),
                "the statement fails: " + table.name() + " is partitioned, its indexes cannot be " + done
                        + " CONCURRENTLY",
                table.name());
    }
}
