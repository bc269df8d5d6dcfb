package dev.sluice.lint.rule;

import dev.sluice.lint.About;
import dev.sluice.lint.Report;
import dev.sluice.lint.Rule;
import dev.sluice.lint.Scene;
import dev.sluice.lint.Severity;
import java.util.List;
import java.util.Set;

/** DROP INDEX while no other index takes its place. */
final class DropIndexPerformance implements Rule {

    @Override
    public String id() {
        return "drop-index-performance";
    }

    @Override
    public Severity severity() {
        return Severity.INFO;
    }

    @Override
    public About about() {
        return new About("queries may need the index", """
            Queries that were planned with it read the whole table from the next moment on, and a unique index
            that is gone lets duplicates in. Building it again takes as long as it took.\
            """, """
                Look whether it is used, on every replica: SELECT idx_scan, last_idx_scan FROM pg_stat_user_indexes
                WHERE indexrelname = 'i'; and make its successor first.\
                """);
    }

    @Override
    public Set<String> types() {
        return Set.of("DropStmt");
    }

    @Override
    public void check(Scene scene, Report report) {
        for (List<String> name : Surroundings.dropped(scene.node(), "OBJECT_INDEX")) {
            scene.schema()
                    .index(Surroundings.relation(name))
                    .filter(index -> scene.isOld(index.table()))
                    .filter(index -> scene.effect().failure().isEmpty())
                    .filter(index -> !Successors.isThere(scene, index) && !Successors.comesLater(scene, index))
                    .filter(index -> !Successors.hasKeyWithin(scene, index))
                    .ifPresent(index -> report.found(
                            scene.node(),
                            "no other index of " + index.table() + " does the work of "
                                    + index.name().name(),
                            index.table()));
        }
    }
}
