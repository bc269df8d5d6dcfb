package dev.sluice.lint.rule;

import dev.sluice.lint.About;
import dev.sluice.lint.Finding.Fix;
import dev.sluice.lint.Report;
import dev.sluice.lint.Rule;
import dev.sluice.lint.Scene;
import dev.sluice.lint.Scene.Part;
import dev.sluice.lint.Severity;
import dev.sluice.sql.Node;
import dev.sluice.sql.Statement;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A NOT NULL column whose default goes in the migration that brought it. */
final class AddColumnDefaultThenDropped implements Rule {

    @Override
    public String id() {
        return "add-column-default-then-dropped";
    }

    @Override
    public Severity severity() {
        return Severity.WARNING;
    }

    @Override
    public About about() {
        return new About("a default that is dropped at once", """
                The running code does not know the new column. Its INSERTs leave it out and rely on the default;
                without it they fail with a violation of NOT NULL until the new code is everywhere.""", """
                Keep the default until the code that leaves the column out is gone, and drop it in a later migration.""");
    }

    @Override
    public Set<String> types() {
        return Set.of("AlterTableStmt");
    }

    @Override
    public void check(Scene scene, Report report) {
        scene.newColumns()
                .filter(part -> part.inline("CONSTR_NOTNULL").isPresent()
                        && part.inline("CONSTR_DEFAULT").isPresent())
                .forEach(part -> dropOfDefault(scene, part)
                        .ifPresent(drop -> report.found(
                                part.definition(),
                                "code that does not know " + part.column()
                                        + " cannot insert once its default is dropped, later in this migration",
                                fix(drop, part),
                                part.table().name())));
    }

    private static Optional<Statement> dropOfDefault(Scene scene, Part part) {
        return scene.afterAbout(part.table().name().name(), "AlterTableStmt")
                .filter(later -> scene.schema()
                        .name(later.node().get("relation"))
                        .equals(part.table().name()))
                .filter(later -> later.node().list("cmds").stream().anyMatch(c -> drops(c, part)))
                .findFirst();
    }

    private static boolean drops(Node command, Part part) {
        return command.text("subtype").equals("AT_ColumnDefault")
                && !command.has("def")
                && command.text("name").equals(part.definition().text("colname"));
    }

    /** What is left for a later migration stays as a comment. */
    private static Optional<Fix> fix(Statement drop, Part part) {
        return AlterText.of(drop).flatMap(text -> {
            Node command = drop.node().list("cmds").stream()
                    .filter(c -> drops(c, part))
                    .findFirst()
                    .orElseThrow();
            String later = "-- once no code leaves it out: " + text.head().replaceAll("\\s+", " ") + " "
                    + text.words().plain(text.parts().get(text.index(command))) + ";";
            return text.parts().size() == 1
                    ? text.words().edits().above(drop, later).delete(drop).fix()
                    : text.without(List.of(text.index(command)))
                            .above(drop, later)
                            .fix();
        });
    }
}
