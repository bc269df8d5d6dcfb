package dev.sluice.lint.rule;

import dev.sluice.lint.About;
import dev.sluice.lint.Finding;
import dev.sluice.lint.Report;
import dev.sluice.lint.Rule;
import dev.sluice.lint.Scene;
import dev.sluice.lint.Severity;
import dev.sluice.sql.Node;
import dev.sluice.sql.Statement;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** A way back that stops traffic, fails, or takes more than the way forward brought. */
final class RollbackUnsafe implements Rule {

    /** They say what a way back is for: the new version's things go. */
    private static final Set<String> EXPECTED = Set.of(
            "rename-column", "rename-table", "drop-column", "drop-column-implicit-index", "old-version-incompatible");

    @Override
    public String id() {
        return "rollback-unsafe";
    }

    @Override
    public Severity severity() {
        return Severity.WARNING;
    }

    @Override
    public About about() {
        return new About("a way back that hurts", """
            A down script runs when something is wrong already, and under the same traffic: one that rewrites a
            table or builds an index under a lock makes an outage of a bad deploy. What it drops that was there
            before the migration cannot be had back.\
            """, """
                The safe form of the statement, as for the way forward; or sluice down, which goes back without locks
                that last, and keeps what is dropped.\
                """);
    }

    @Override
    public void check(Scene scene, Report report) {
        // nothing: a way back is judged by what the other rules find
    }

    @Override
    public void goingBack(Scene scene, List<Finding> found, Report report) {
        Set<String> added = scene.place().forward().stream()
                .map(Statement::node)
                .flatMap(node -> node.list("cmds").stream())
                .filter(c -> c.text("subtype").equals("AT_AddColumn"))
                .map(c -> c.get("def").text("colname"))
                .collect(Collectors.toSet());
        found.stream()
                .filter(finding -> finding.severity() == Severity.ERROR)
                .filter(finding -> !EXPECTED.contains(finding.rule()) || isColumnThatWasThere(scene, finding, added))
                .forEach(finding ->
                        report.repeat(finding, "on the way back " + finding.message() + " (" + finding.rule() + ")"));
    }

    private static boolean isColumnThatWasThere(Scene scene, Finding finding, Set<String> added) {
        return finding.rule().equals("drop-column")
                && scene.node().list("cmds").stream()
                        .filter(c -> c.text("subtype").equals("AT_DropColumn"))
                        .map((Node c) -> c.text("name"))
                        .anyMatch(name -> !added.contains(name));
    }
}
