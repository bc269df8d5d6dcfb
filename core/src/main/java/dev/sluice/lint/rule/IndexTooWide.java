package dev.sluice.lint.rule;

import dev.sluice.lint.About;
import dev.sluice.lint.Report;
import dev.sluice.lint.Rule;
import dev.sluice.lint.Scene;
import dev.sluice.lint.Severity;
import dev.sluice.sql.QualifiedName;
import java.util.Set;

/** An index with many columns. */
final class IndexTooWide implements Rule {

    @Override
    public String id() {
        return "index-too-wide";
    }

    @Override
    public Severity severity() {
        return Severity.INFO;
    }

    @Override
    public About about() {
        return new About("an index of more than three columns", """
            Columns after the first few seldom narrow a search further, and each makes the index larger and
            every write dearer. An update of any of them loses the shortcut for unindexed columns (HOT).\
            """, """
                Keep the columns that queries compare, most selective equality first; the others can be read from
                the table, or stand in INCLUDE.\
                """);
    }

    @Override
    public Set<String> types() {
        return Set.of("IndexStmt");
    }

    @Override
    public void check(Scene scene, Report report) {
        if (scene.is("IndexStmt")
                && !scene.node().flag("unique")
                && scene.node().list("indexParams").size() > 3) {
            QualifiedName table = scene.schema().name(scene.node().get("relation"));
            report.found(
                    scene.node().get("relation"),
                    "the index of " + table + " has "
                            + scene.node().list("indexParams").size() + " columns",
                    table);
        }
    }
}
