package dev.sluice.lint.rule;

import dev.sluice.lint.About;
import dev.sluice.lint.Finding.Fix;
import dev.sluice.lint.Report;
import dev.sluice.lint.Rule;
import dev.sluice.lint.Scene;
import dev.sluice.lint.Severity;
import dev.sluice.lint.effect.Effects;
import java.util.Optional;
import java.util.Set;

/** A lock_timeout that lets the queue grow. */
final class LockTimeoutTooLong implements Rule {

    @Override
    public String id() {
        return "lock-timeout-too-long";
    }

    @Override
    public Severity severity() {
        return Severity.WARNING;
    }

    @Override
    public About about() {
        return new About(
                "a long lock_timeout",
                """
                While DDL waits for its lock, all queries that come later wait behind it. A lock_timeout of more
                than ten seconds, or of 0, which is no limit, lets that happen for as long.\
                """,
                "SET lock_timeout =" + " '2s'; and run" + " the migration" + " again when it" + " fails.");
    }

    @Override
    public Set<String> types() {
        return Set.of("VariableSetStmt", "SelectStmt");
    }

    @Override
    public void check(Scene scene, Report report) {
        Optional<String> value = Settings.valueOf(scene.node(), "lock_timeout");
        if (value.isEmpty() || isForConcurrent(scene)) {
            return;
        }
        long limit = Settings.milliseconds(value.get());
        if (limit > 10_000) {
            report.found(scene.node(), "queries may wait behind DDL for " + limit / 1000 + " s", fix(scene));
        } else if (limit == 0) {
            report.found(scene.node(), "queries may wait behind DDL without end", fix(scene));
        }
    }

    private static Optional<Fix> fix(Scene scene) {
        Words words = Words.of(scene);
        return scene.node().is("VariableSetStmt")
                ? words.edits()
                        .replace(words.start(words.last()), words.end(words.last()), "'2s'")
                        .fix()
                : Optional.empty();
    }

    /** CONCURRENTLY has to wait, and can: its lock stops neither reads nor writes. */
    private static boolean isForConcurrent(Scene scene) {
        return scene.after().stream()
                .filter(statement -> !statement.node().is("VariableSetStmt"))
                .findFirst()
                .filter(next ->
                        !new Effects(scene.schema(), scene.version()).of(next).transactional())
                .isPresent();
    }
}
