package dev.sluice.lint.rule;

import dev.sluice.lint.About;
import dev.sluice.lint.Report;
import dev.sluice.lint.Rule;
import dev.sluice.lint.Scene;
import dev.sluice.lint.Severity;
import dev.sluice.lint.schema.KnownColumn;
import java.util.Set;

/** DROP NOT NULL. */
final class DropNotNull implements Rule {

    @Override
    public String id() {
        return "drop-not-null";
    }

    @Override
    public Severity severity() {
        return Severity.INFO;
    }

    @Override
    public About about() {
        return new About(
                "NULL where there was none",
                """
                It only changes the catalog. But from then on code may write NULL, and running code that reads the
                column does not expect it.""",
                "First the code that can read NULL, everywhere; then DROP NOT NULL; then the code that writes it.");
    }

    @Override
    public Set<String> types() {
        return Set.of("AlterTableStmt");
    }

    @Override
    public void check(Scene scene, Report report) {
        scene.parts("AT_DropNotNull")
                .filter(part -> !scene.addedBefore(part.table(), part.name()))
                .filter(part -> part.table()
                                .column(part.name())
                                .map(KnownColumn::notNull)
                                .orElse(true)
                        || part.type().isEmpty())
                .forEach(part -> part.effect()
                        .failure()
                        .ifPresentOrElse(
                                why -> report.found(
                                        Severity.ERROR,
                                        part.command(),
                                        "PostgreSQL refuses to let " + part.column() + " be NULL: " + why,
                                        part.table().name()),
                                () -> report.found(
                                        part.command(),
                                        "code that reads " + part.column() + " may meet NULL from now on",
                                        part.table().name())));
    }
}
