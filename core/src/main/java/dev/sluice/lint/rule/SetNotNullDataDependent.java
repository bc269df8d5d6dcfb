package dev.sluice.lint.rule;

import dev.sluice.lint.About;
import dev.sluice.lint.Report;
import dev.sluice.lint.Rule;
import dev.sluice.lint.Scene;
import dev.sluice.lint.Scene.Part;
import dev.sluice.lint.Severity;
import dev.sluice.sql.Node;
import java.util.Set;

/** SET NOT NULL that a single NULL makes fail. */
final class SetNotNullDataDependent implements Rule {

    @Override
    public String id() {
        return "set-not-null-data-dependent";
    }

    @Override
    public Severity severity() {
        return Severity.INFO;
    }

    @Override
    public About about() {
        return new About("SET NOT NULL that fails on a NULL", """
                If one row has NULL, the statement fails, and with it the transaction that it is in; on a large table
                only after a long scan.""", """
                Fill the NULLs before: SELECT count(*) FROM t WHERE c IS NULL should say 0, and code should no longer
                write any.""");
    }

    @Override
    public Set<String> types() {
        return Set.of("AlterTableStmt");
    }

    @Override
    public void check(Scene scene, Report report) {
        scene.parts("AT_SetNotNull")
                .filter(part -> !part.effect().scanned().isEmpty())
                .filter(part -> scene.earlierInTransaction("UpdateStmt")
                        .noneMatch(done -> fills(scene, done.statement().node(), part)))
                .forEach(part -> report.found(
                        part.command(),
                        "it fails if a row has NULL in " + part.column(),
                        part.table().name()));
    }

    private static boolean fills(Scene scene, Node node, Part part) {
        return node.is("UpdateStmt")
                && scene.schema().name(node.get("relation")).equals(part.table().name())
                && node.list("targetList").stream().anyMatch(t -> t.text("name").equals(part.name()));
    }
}
