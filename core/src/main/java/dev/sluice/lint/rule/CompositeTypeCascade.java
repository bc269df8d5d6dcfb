package dev.sluice.lint.rule;

import dev.sluice.lint.About;
import dev.sluice.lint.Report;
import dev.sluice.lint.Rule;
import dev.sluice.lint.Scene;
import dev.sluice.lint.Severity;
import dev.sluice.sql.QualifiedName;
import java.util.Set;

/** ALTER TYPE … CASCADE of a type that tables are made of. */
final class CompositeTypeCascade implements Rule {

    @Override
    public String id() {
        return "composite-type-cascade";
    }

    @Override
    public Severity severity() {
        return Severity.WARNING;
    }

    @Override
    public About about() {
        return new About("a composite type is changed with the tables made of it", """
            CREATE TABLE … OF makes a table of a type. ALTER TYPE … CASCADE changes these tables too, and takes
            ACCESS EXCLUSIVE on each of them.\
            """, """
                A short lock_timeout, and try again; or ALTER TABLE t NOT OF first, and each table in its own
                transaction.\
                """);
    }

    @Override
    public Set<String> types() {
        return Set.of("AlterTableStmt");
    }

    @Override
    public void check(Scene scene, Report report) {
        boolean cascades = scene.is("AlterTableStmt")
                && scene.node().text("objtype").equals("OBJECT_TYPE")
                && scene.node().list("cmds").stream()
                        .anyMatch(c -> c.text("behavior").equals("DROP_CASCADE"));
        if (!cascades) {
            return;
        }
        QualifiedName type = scene.schema().name(scene.node().get("relation"));
        scene.effect().locks().keySet().stream()
                .filter(name -> !name.equals(type) && scene.isOld(name))
                .findFirst()
                .ifPresent(name -> report.found(
                        scene.node(),
                        "all queries of " + name + " wait: it is a table of the type " + type.name(),
                        name));
    }
}
