package dev.sluice.lint.rule;

import dev.sluice.lint.About;
import dev.sluice.lint.Report;
import dev.sluice.lint.Rule;
import dev.sluice.lint.Scene;
import dev.sluice.lint.Severity;
import dev.sluice.sql.Node;
import java.util.Set;

/** CREATE INDEX CONCURRENTLY IF NOT EXISTS, which takes a broken index for done. */
final class ConcurrentIndexFailedInvalid implements Rule {

    @Override
    public String id() {
        return "concurrent-index-failed-invalid";
    }

    @Override
    public Severity severity() {
        return Severity.WARNING;
    }

    @Override
    public About about() {
        return new About("IF NOT EXISTS takes an invalid index for a good one", """
            CREATE INDEX CONCURRENTLY that fails (duplicates, a timeout, a deadlock) leaves its index behind,
            invalid: no query uses it, every write keeps it up. Run again, IF NOT EXISTS finds the name and
            reports success.\
            """, """
                DROP INDEX CONCURRENTLY IF EXISTS i; CREATE INDEX CONCURRENTLY i ON t (c); which can run again after
                any failure.\
                """);
    }

    @Override
    public Set<String> types() {
        return Set.of("IndexStmt");
    }

    @Override
    public void check(Scene scene, Report report) {
        Node node = scene.node();
        if (!scene.is("IndexStmt") || !node.flag("concurrent") || !node.flag("if_not_exists")) {
            return;
        }
        boolean dropped = Surroundings.earlier(scene, "DropStmt")
                .flatMap(drop -> Surroundings.dropped(drop, "OBJECT_INDEX").stream())
                .anyMatch(name -> name.get(name.size() - 1).equals(node.text("idxname")));
        if (!dropped) {
            report.found(
                    node.get("relation"),
                    "an earlier try that failed leaves " + node.text("idxname")
                            + " invalid, and this statement takes it for done",
                    scene.schema().name(node.get("relation")));
        }
    }
}
