package dev.sluice.lint.rule;

import dev.sluice.lint.About;
import dev.sluice.lint.Report;
import dev.sluice.lint.Rule;
import dev.sluice.lint.Scene;
import dev.sluice.lint.Severity;
import java.util.Set;

/** REPLICA IDENTITY. */
final class ReplicaIdentityChange implements Rule {

    @Override
    public String id() {
        return "replica-identity-change";
    }

    @Override
    public Severity severity() {
        return Severity.WARNING;
    }

    @Override
    public About about() {
        return new About(
                "what subscribers get of old rows changes",
                """
                The statement locks the table against everyone for a moment. From then on logical replication sends
                other columns of updated and deleted rows: FULL sends all of them, NOTHING makes UPDATE and DELETE
                fail on published tables.\
                """,
                "Tell those who read the changes first; a transaction of its own with a short lock_timeout.");
    }

    @Override
    public Set<String> types() {
        return Set.of("AlterTableStmt");
    }

    @Override
    public void check(Scene scene, Report report) {
        scene.parts("AT_ReplicaIdentity")
                .forEach(part -> report.found(
                        scene.node(),
                        "subscribers of " + part.table().name() + " get other columns of old rows from then on",
                        part.table().name()));
    }
}
