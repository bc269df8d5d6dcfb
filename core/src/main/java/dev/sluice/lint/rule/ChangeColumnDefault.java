package dev.sluice.lint.rule;

import dev.sluice.lint.About;
import dev.sluice.lint.Report;
import dev.sluice.lint.Rule;
import dev.sluice.lint.Scene;
import dev.sluice.lint.Scene.Part;
import dev.sluice.lint.Severity;
import dev.sluice.lint.schema.KnownColumn;
import dev.sluice.sql.Node;
import java.util.Optional;
import java.util.Set;

/** ALTER COLUMN … SET DEFAULT or DROP DEFAULT where there was another. */
final class ChangeColumnDefault implements Rule {

    @Override
    public String id() {
        return "change-column-default";
    }

    @Override
    public Severity severity() {
        return Severity.INFO;
    }

    @Override
    public About about() {
        return new About(
                "a default that running code may rely on",
                """
                Code that leaves the column out gets the new default at once; code that knew the old one, as object
                mappers do, still writes that. Without a default, an INSERT that leaves out a NOT NULL column fails.""",
                "First the code that always writes the column; then the change of the default.");
    }

    @Override
    public Set<String> types() {
        return Set.of("AlterTableStmt");
    }

    @Override
    public void check(Scene scene, Report report) {
        scene.parts("AT_ColumnDefault")
                .filter(part -> !scene.addedBefore(part.table(), part.name()))
                .forEach(part -> check(part, report));
    }

    private static void check(Part part, Report report) {
        Optional<Node> before = part.table().column(part.name()).flatMap(KnownColumn::defaultValue);
        boolean known = part.table().columnsAreKnown();
        boolean required =
                part.table().column(part.name()).map(KnownColumn::notNull).orElse(!known);
        if (!part.command().has("def") && required && (before.isPresent() || !known)) {
            report.found(
                    Severity.WARNING,
                    part.command(),
                    "inserts that leave out " + part.column() + " fail once it has no default, if it is NOT NULL",
                    part.table().name());
        } else if (before.isPresent() && !sameAs(part, before.get())) {
            report.found(
                    part.command(),
                    "inserts that leave out " + part.column() + " get another value than before",
                    part.table().name());
        }
    }

    private static boolean sameAs(Part part, Node before) {
        return part.command().has("def") && plain(part.definition()).equals(plain(before));
    }

    /** The expression without the places where it stood. */
    private static String plain(Node expression) {
        return expression.fields().toString().replaceAll(",?\"location\":\\d+", "");
    }
}
