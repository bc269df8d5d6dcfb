package dev.sluice.lint.rule;

import dev.sluice.lint.About;
import dev.sluice.lint.Report;
import dev.sluice.lint.Rule;
import dev.sluice.lint.Scene;
import dev.sluice.lint.Severity;
import java.util.Set;

/** The bug of PostgreSQL 14.0 to 14.3 in CONCURRENTLY. */
final class IndexCorruption14 implements Rule {

    @Override
    public String id() {
        return "index-corruption-14";
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
        return new About(
                "CONCURRENTLY of PostgreSQL 14.0 to 14.3 can lose entries",
                """
                In these four releases an index that is built CONCURRENTLY while rows change can miss some of them:
                queries do not find rows that are there. 14.4 mends it.\
                """,
                "Upgrade to 14.4 or later first. Check what was built before with amcheck, and REINDEX it.");
    }

    @Override
    public Set<String> types() {
        return Set.of("IndexStmt", "ReindexStmt");
    }

    @Override
    public void check(Scene scene, Report report) {
        boolean reindexes = scene.is("ReindexStmt")
                && scene.node().list("params").stream()
                        .anyMatch(option -> option.text("defname").equals("concurrently"));
        boolean creates = scene.is("IndexStmt") && scene.node().flag("concurrent");
        if (scene.version() == 14 && (reindexes || creates)) {
            report.found(scene.node(), "PostgreSQL before 14.4 may build an index that misses rows");
        }
    }
}
