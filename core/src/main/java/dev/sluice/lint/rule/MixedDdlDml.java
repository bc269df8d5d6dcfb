package dev.sluice.lint.rule;

import dev.sluice.lint.About;
import dev.sluice.lint.Report;
import dev.sluice.lint.Rule;
import dev.sluice.lint.Scene;
import dev.sluice.lint.Severity;
import dev.sluice.plan.LockMode;
import dev.sluice.sql.Node;

/** Rows and schema changed by one file. */
final class MixedDdlDml implements Rule {

    @Override
    public String id() {
        return "mixed-ddl-dml";
    }

    @Override
    public Severity severity() {
        return Severity.INFO;
    }

    @Override
    public About about() {
        return new About(
                "schema and rows change in one migration",
                """
                The two want different things: DDL a short lock and a quick COMMIT, changes of rows small batches
                and all the time they need. In one file neither can have it, and a failure of one takes the other
                along.\
                """,
                "Two migrations: the schema in one, the rows in the other.");
    }

    @Override
    public void check(Scene scene, Report report) {
        boolean data = isData(scene.node(), scene);
        boolean ddl = !data && !scene.locked(LockMode.SHARE).isEmpty();
        if (!data && !ddl) {
            return;
        }
        // What comes just before decides in most files, however long: it is looked at first.
        boolean first = !data
                || Surroundings.backwards(scene)
                        .noneMatch(done -> isData(done.statement().node(), scene));
        boolean mixed = first
                && (data
                        ? Surroundings.backwards(scene).anyMatch(Locks::disturbs)
                                && Locks.heldBefore(scene, LockMode.ACCESS_EXCLUSIVE)
                                        .isEmpty()
                        : Surroundings.backwards(scene).noneMatch(Locks::disturbs)
                                && Surroundings.backwards(scene)
                                        .anyMatch(
                                                done -> isData(done.statement().node(), scene)));
        if (mixed) {
            report.found(scene.node(), "the file changes tables in use and their rows");
        }
    }

    private static boolean isData(Node node, Scene scene) {
        return DataChanges.isOne(node)
                && scene.schema()
                        .table(node.get("relation"))
                        .filter(scene::isOld)
                        .isPresent();
    }
}
