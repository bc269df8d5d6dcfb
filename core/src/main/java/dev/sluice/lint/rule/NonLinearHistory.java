package dev.sluice.lint.rule;

import dev.sluice.lint.About;
import dev.sluice.lint.Report;
import dev.sluice.lint.Rule;
import dev.sluice.lint.Scene;
import dev.sluice.lint.Severity;
import dev.sluice.lint.Standing;

/** A new migration that comes before one that others have. Known by {@code --git-diff}. */
final class NonLinearHistory implements Rule {

    @Override
    public String id() {
        return "non-linear-history";
    }

    @Override
    public Severity severity() {
        return Severity.WARNING;
    }

    @Override
    public About about() {
        return new About(
                "a new migration before one that others have",
                """
                Where the later one has run already, tools refuse the new one, leave it out without a word, or run it
                after: databases come to have run the same files in another order. It was written without what the
                other one changes. Judged with `--git-diff BASE`: the migration is not in BASE, and one that comes
                after it is.\
                """,
                "Give it a version after the last one of the branch that it goes to, and look at both again.");
    }

    @Override
    public void check(Scene scene, Report report) {
        if (scene.place().standing() == Standing.LATE && scene.earlier().isEmpty()) {
            report.found(scene.node(), "a migration that comes after this one is there already");
        }
    }
}
