package dev.sluice.lint.rule;

import dev.sluice.lint.About;
import dev.sluice.lint.Report;
import dev.sluice.lint.Rule;
import dev.sluice.lint.Scene;
import dev.sluice.lint.Severity;
import dev.sluice.lint.schema.KnownIndex;
import dev.sluice.sql.QualifiedName;
import java.util.List;
import java.util.Set;

/** An index that another one covers. */
final class RedundantIndex implements Rule {

    @Override
    public String id() {
        return "redundant-index";
    }

    @Override
    public Severity severity() {
        return Severity.INFO;
    }

    @Override
    public About about() {
        return new About(
                "an index that another index covers",
                """
                An index whose columns are the first columns of another one finds nothing that the other does not.
                Every write keeps both up.\
                """,
                "Keep the wider of the two; a unique index stays for what it forbids.");
    }

    @Override
    public Set<String> types() {
        return Set.of("IndexStmt");
    }

    @Override
    public void check(Scene scene, Report report) {
        if (!scene.is("IndexStmt") || !Successors.isPlain(scene.node())) {
            return;
        }
        List<String> columns = Successors.columns(scene.node());
        QualifiedName table = scene.schema().name(scene.node().get("relation"));
        for (KnownIndex other : scene.schema().indexesOf(table)) {
            if (!other.name().name().equals(scene.node().text("idxname")) && Successors.isPlain(other)) {
                boolean covered = !scene.node().flag("unique") && Successors.startsWith(other.columns(), columns);
                boolean covers = !other.unique()
                        && Successors.startsWith(columns, other.columns())
                        && !Successors.isThere(scene, other); // said of the first that does its work
                if ((covered || covers) && !Successors.isDroppedLater(scene, other)) {
                    report.found(
                            scene.node().get("relation"),
                            covered
                                    ? "the index " + other.name().name() + " of " + table + " does this already"
                                    : "the index " + other.name().name() + " of " + table
                                            + " is not needed any more after this one",
                            table);
                    return;
                }
            }
        }
    }
}
