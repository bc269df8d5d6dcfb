package dev.sluice.lint.rule;

import dev.sluice.lint.About;
import dev.sluice.lint.Report;
import dev.sluice.lint.Rule;
import dev.sluice.lint.Scene;
import dev.sluice.lint.Severity;
import java.util.Set;

/** CREATE TYPE AS ENUM. */
final class CreateEnum implements Rule {

    @Override
    public String id() {
        return "create-enum";
    }

    @Override
    public Severity severity() {
        return Severity.INFO;
    }

    @Override
    public About about() {
        return new About(
                "an enum type instead of a table",
                """
                Labels can be added and renamed, but not removed or moved, and a new one cannot be used in the
                transaction that adds it.\
                """,
                "A lookup table and a foreign key; or text and a CHECK, which can be replaced NOT VALID.");
    }

    @Override
    public Set<String> types() {
        return Set.of("CreateEnumStmt");
    }

    @Override
    public void check(Scene scene, Report report) {
        if (scene.is("CreateEnumStmt")) {
            report.found(
                    scene.node(),
                    "labels of " + String.join(".", scene.node().strings("typeName")) + " can never be removed");
        }
    }
}
