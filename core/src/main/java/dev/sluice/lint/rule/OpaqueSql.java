package dev.sluice.lint.rule;

import dev.sluice.lint.About;
import dev.sluice.lint.Observed;
import dev.sluice.lint.Report;
import dev.sluice.lint.Rule;
import dev.sluice.lint.Scene;
import dev.sluice.lint.Severity;
import dev.sluice.plan.LockMode;
import dev.sluice.sql.QualifiedName;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Code whose statements cannot be read off the script. */
final class OpaqueSql implements Rule {

    @Override
    public String id() {
        return "opaque-sql";
    }

    @Override
    public Severity severity() {
        return Severity.INFO;
    }

    @Override
    public About about() {
        return new About(
                "code that a linter does not look into",
                """
                DO and CALL run code that may hold any statement, some of it put together while it runs. No rule has
                looked at it.\
                """,
                "Write the statements out, or look at what it does on made-up rows: sluice lint --observe.");
    }

    /** Where it was looked at, that is no advice any more. */
    @Override
    public String instead(Scene scene) {
        return scene.observed().isEmpty()
                ? about().instead()
                : "Write the statements out, so that each is judged by itself and can be mended.";
    }

    @Override
    public Set<String> types() {
        return Set.of("DoStmt", "CallStmt");
    }

    @Override
    public void check(Scene scene, Report report) {
        if (!scene.is("DoStmt") && !scene.is("CallStmt")) {
            return;
        }
        Optional<Observed> observed = scene.observed().filter(o -> o.failure().isEmpty());
        if (observed.isEmpty()) {
            report.found(scene.node(), "what this code locks and changes is not looked at");
            return;
        }
        seen(scene, report, observed.get());
    }

    /** It was tried: only what would hurt is worth a word. */
    private static void seen(Scene scene, Report report, Observed seen) {
        QualifiedName[] locked = seen.taken().entrySet().stream()
                .filter(lock -> lock.getValue().conflictsWith(LockMode.ROW_EXCLUSIVE))
                .map(Map.Entry::getKey)
                .toArray(QualifiedName[]::new);
        if (seen.isWorkUnderLock()) {
            report.found(
                    Severity.ERROR,
                    scene.node(),
                    "this code works on every row of " + names(seen.workedOn()) + " while writes to it wait",
                    locked.length > 0 ? locked : seen.workedOn().toArray(QualifiedName[]::new));
        } else if (locked.length > 0) {
            report.found(
                    Severity.WARNING,
                    scene.node(),
                    "this code locks " + names(List.of(locked)) + " against writes until the transaction ends",
                    locked);
        }
    }

    private static String names(Collection<QualifiedName> tables) {
        return tables.stream().sorted().map(QualifiedName::toString).collect(Collectors.joining(", "));
    }
}
