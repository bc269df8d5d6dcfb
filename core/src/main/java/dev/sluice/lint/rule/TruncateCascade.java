package dev.sluice.lint.rule;

import dev.sluice.lint.About;
import dev.sluice.lint.Report;
import dev.sluice.lint.Rule;
import dev.sluice.lint.Scene;
import dev.sluice.lint.Severity;
import dev.sluice.plan.LockMode;
import dev.sluice.sql.QualifiedName;
import java.util.List;

/** TRUNCATE … CASCADE. */
final class TruncateCascade implements Rule {

    @Override
    public String id() {
        return "truncate-cascade";
    }

    @Override
    public Severity severity() {
        return Severity.ERROR;
    }

    @Override
    public About about() {
        return new About(
                "TRUNCATE CASCADE empties other tables",
                """
                Every table with a foreign key to a named one is emptied too, and those that point at them, ON
                DELETE or not.\
                """,
                "Name the tables: TRUNCATE a, b; without CASCADE it fails if one is missing.");
    }

    @Override
    public void check(Scene scene, Report report) {
        if (!scene.is("TruncateStmt") || !scene.node().text("behavior").equals("DROP_CASCADE")) {
            return;
        }
        List<QualifiedName> named = scene.node().list("relations").stream()
                .map(scene.schema()::name)
                .toList();
        List<QualifiedName> others = scene.locked(LockMode.ACCESS_EXCLUSIVE).stream()
                .filter(name -> !named.contains(name))
                .toList();
        if (!others.isEmpty()) {
            report.found(
                    scene.node(),
                    "all rows of " + others.get(0) + " are gone, too",
                    others.toArray(QualifiedName[]::new));
        } else if (named.stream().anyMatch(name -> scene.schema().table(name).isEmpty())) {
            report.found(Severity.WARNING, scene.node(), "tables that refer to " + named.get(0) + " are emptied, too");
        }
    }
}
