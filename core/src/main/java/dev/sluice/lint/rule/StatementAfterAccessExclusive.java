package dev.sluice.lint.rule;

import dev.sluice.lint.About;
import dev.sluice.lint.Report;
import dev.sluice.lint.Rule;
import dev.sluice.lint.Scene;
import dev.sluice.lint.Severity;
import dev.sluice.lint.schema.KnownTable;
import dev.sluice.plan.LockMode;
import dev.sluice.sql.QualifiedName;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Long work in a transaction that holds a strong lock of a table. */
final class StatementAfterAccessExclusive implements Rule {

    @Override
    public String id() {
        return "statement-after-access-exclusive";
    }

    @Override
    public Severity severity() {
        return Severity.WARNING;
    }

    @Override
    public About about() {
        return new About(
                "long work while a table is locked",
                """
                Locks are held to the end of the transaction. What an earlier statement locked for a moment stays
                locked for as long as this one reads or builds, be it on another table.\
                """,
                "Put the long statement into a migration of its own, before or after this one.");
    }

    @Override
    public void check(Scene scene, Report report) {
        boolean works = Stream.of(
                        scene.effect().scanned(),
                        scene.effect().rewritten(),
                        scene.effect().indexed())
                .flatMap(Set::stream)
                .anyMatch(table ->
                        scene.schema().table(table).map(KnownTable::mayHaveRows).orElse(true));
        if (!works || DataChanges.isOne(scene.node())) {
            return;
        }
        List<QualifiedName> held = Locks.heldBefore(scene, LockMode.ACCESS_EXCLUSIVE);
        if (!held.isEmpty() && !Locks.worked(scene).contains(held.get(0))) {
            report.found(
                    scene.node(),
                    "nothing can read " + held.get(0)
                            + ", locked by a statement above, until this one and the transaction end",
                    held.get(0));
        }
    }
}
