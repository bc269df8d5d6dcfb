package dev.sluice.lint.rule;

import dev.sluice.lint.About;
import dev.sluice.lint.Report;
import dev.sluice.lint.Rule;
import dev.sluice.lint.Scene;
import dev.sluice.lint.Severity;
import java.util.Set;

/** ALTER COLUMN … TYPE of a column that something else is built on. */
final class ChangeTypeDependentObject implements Rule {

    @Override
    public String id() {
        return "change-type-dependent-object";
    }

    @Override
    public Severity severity() {
        return Severity.ERROR;
    }

    @Override
    public About about() {
        return new About(
                "a type change that PostgreSQL refuses",
                """
                Views, rules, generated columns, policies and triggers with UPDATE OF are stored with the type that
                the column had. PostgreSQL does not change the type while one of them uses the column.""",
                "Drop what depends on the column, change the type, and make it again, in one transaction.");
    }

    @Override
    public Set<String> types() {
        return Set.of("AlterTableStmt");
    }

    @Override
    public void check(Scene scene, Report report) {
        scene.parts("AT_AlterColumnType")
                .forEach(part -> part.effect()
                        .failure()
                        .ifPresent(why -> report.found(
                                part.definition(),
                                "PostgreSQL refuses to change the type of " + part.column() + ": " + why,
                                part.table().name())));
    }
}
