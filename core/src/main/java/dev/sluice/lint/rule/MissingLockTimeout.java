package dev.sluice.lint.rule;

import dev.sluice.lint.About;
import dev.sluice.lint.Edits;
import dev.sluice.lint.Finding.Fix;
import dev.sluice.lint.Report;
import dev.sluice.lint.Rule;
import dev.sluice.lint.Scene;
import dev.sluice.lint.Severity;
import dev.sluice.lint.effect.Effects;
import dev.sluice.plan.LockMode;
import dev.sluice.sql.QualifiedName;
import java.util.List;
import java.util.Optional;

/** DDL that waits for its lock without end. */
final class MissingLockTimeout implements Rule {

    @Override
    public String id() {
        return "missing-lock-timeout";
    }

    @Override
    public Severity severity() {
        return Severity.INFO;
    }

    @Override
    public boolean isHabit() {
        return true;
    }

    @Override
    public About about() {
        return new About("DDL without lock_timeout", """
            A statement that waits for a strong lock stands in a queue, and every query that comes after it
            waits behind it, even where its lock would be held for a moment only. One long report is enough.
            lock_timeout is 0, which is no limit, unless the tool or the role sets it.\
            """, """
                SET LOCAL lock_timeout = '2s'; at the head of the file (SET, outside of a transaction), and run it
                again when it fails. Sluice does both of itself.\
                """);
    }

    @Override
    public void check(Scene scene, Report report) {
        List<QualifiedName> tables = Locks.of(scene, LockMode.SHARE);
        if (tables.isEmpty()
                || !scene.effect().transactional()
                || Settings.isSet(scene, "lock_timeout")
                || scene.earlier().stream().anyMatch(Locks::disturbs)) {
            return;
        }
        report.found(
                scene.node(),
                "it waits for a lock on " + tables.get(0)
                        + " as long as it takes, and all queries that come wait behind it",
                fix(scene),
                tables.get(0));
    }

    /** A setting of the session would be in the way of CONCURRENTLY, which has to wait. */
    private static Optional<Fix> fix(Scene scene) {
        if (scene.transactional()) {
            return before(scene, "SET LOCAL lock_timeout = '2s'");
        }
        boolean concurrent = scene.after().stream()
                .anyMatch(later ->
                        !new Effects(scene.schema(), scene.version()).of(later).transactional());
        return concurrent ? Optional.empty() : before(scene, "SET lock_timeout = '2s'");
    }

    private static Optional<Fix> before(Scene scene, String setting) {
        return new Edits(scene.statement().source())
                .before(scene.statement(), setting)
                .fix();
    }
}
