package dev.sluice.lint.rule;

import dev.sluice.lint.About;
import dev.sluice.lint.Report;
import dev.sluice.lint.Rule;
import dev.sluice.lint.Scene;
import dev.sluice.lint.Severity;
import dev.sluice.lint.schema.Expressions;
import dev.sluice.lint.schema.KnownTable;
import dev.sluice.sql.QualifiedName;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** A view that is dropped, or replaced by one that lacks columns. */
final class ViewReplace implements Rule {

    @Override
    public String id() {
        return "view-replace";
    }

    @Override
    public Severity severity() {
        return Severity.WARNING;
    }

    @Override
    public About about() {
        return new About(
                "a view in use goes or changes",
                """
                CREATE OR REPLACE VIEW can add columns at the end, and nothing else: it fails where one is missing,
                in another place or of another name. Code that uses a view that was dropped fails.\
                """,
                "A view under a new name; drop the old one when nothing uses it.");
    }

    @Override
    public Set<String> types() {
        return Set.of("ViewStmt", "DropStmt");
    }

    @Override
    public void check(Scene scene, Report report) {
        if (scene.is("ViewStmt") && scene.node().flag("replace")) {
            QualifiedName name = scene.schema().name(scene.node().get("view"));
            List<String> now = Expressions.viewColumns(scene.node());
            scene.schema().table(name).filter(KnownTable::isView).ifPresent(view -> {
                List<String> before = view.viewColumns();
                boolean keeps = now.size() >= before.size()
                        && now.subList(0, before.size()).equals(before);
                if (!before.isEmpty() && !now.isEmpty() && !keeps) {
                    report.found(
                            Severity.ERROR,
                            scene.node().get("view"),
                            "it fails: the columns of " + name + " differ",
                            name);
                }
            });
        }
        if (!scene.node().text("behavior").equals("DROP_CASCADE")) {
            Stream.of("OBJECT_VIEW", "OBJECT_MATVIEW")
                    .flatMap(kind -> Surroundings.droppedInUse(scene, kind).stream())
                    .filter(name -> !Recreation.comesBack(scene, name))
                    .forEach(name -> report.found(scene.node(), "code that uses " + name + " fails", name));
        }
    }
}
