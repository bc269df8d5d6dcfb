package dev.sluice.lint.rule;

import dev.sluice.lint.About;
import dev.sluice.lint.Report;
import dev.sluice.lint.Rule;
import dev.sluice.lint.Scene;
import dev.sluice.lint.Severity;
import java.util.Set;

/** DROP COLUMN. */
final class DropColumn implements Rule {

    @Override
    public String id() {
        return "drop-column";
    }

    @Override
    public Severity severity() {
        return Severity.ERROR;
    }

    @Override
    public About about() {
        return new About(
                "a column in use goes, with its data",
                """
                Running code that still reads or writes the column fails from COMMIT on; object mappers keep the list
                of columns from their start. The values cannot be brought back but from a backup.""",
                "First the code that does not use the column, everywhere; then DROP COLUMN in a later migration.");
    }

    @Override
    public Set<String> types() {
        return Set.of("AlterTableStmt");
    }

    @Override
    public void check(Scene scene, Report report) {
        scene.parts("AT_DropColumn")
                .filter(part -> !scene.addedBefore(part.table(), part.name()))
                .filter(part -> part.table().column(part.name()).isPresent()
                        || !part.table().columnsAreKnown()
                        || !part.command().flag("missing_ok"))
                .forEach(part -> report.found(
                        part.command(),
                        part.effect()
                                .failure()
                                .map(why -> "PostgreSQL refuses to drop " + part.column() + ": " + why)
                                .orElse("code that still uses " + part.column() + " fails, and its data is gone"),
                        part.table().name()));
    }
}
