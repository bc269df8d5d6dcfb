package dev.sluice.lint.rule;

import dev.sluice.lint.About;
import dev.sluice.lint.Report;
import dev.sluice.lint.Rule;
import dev.sluice.lint.Scene;
import dev.sluice.lint.Severity;

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
                "Write the statements out, or try the migration on a copy and look at the locks it takes.");
    }

    @Override
    public void check(Scene scene, Report report) {
        if (scene.is("DoStmt") || scene.is("CallStmt")) {
            report.found(scene.node(), "what this code locks and changes is not looked at");
        }
    }
}
