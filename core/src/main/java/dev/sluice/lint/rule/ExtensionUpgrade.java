package dev.sluice.lint.rule;

import dev.sluice.lint.About;
import dev.sluice.lint.Report;
import dev.sluice.lint.Rule;
import dev.sluice.lint.Scene;
import dev.sluice.lint.Severity;
import java.util.Set;

/** ALTER EXTENSION UPDATE. */
final class ExtensionUpgrade implements Rule {

    @Override
    public String id() {
        return "extension-upgrade";
    }

    @Override
    public Severity severity() {
        return Severity.INFO;
    }

    @Override
    public About about() {
        return new About(
                "an extension is updated",
                """
                Its update script may do anything: drop functions, lock or rewrite tables that use its types.
                Without a version it goes to whatever the server has, which may differ between servers.\
                """,
                "ALTER" + " EXTENSION" + " e UPDATE" + " TO 'version';" + " after" + " a try" + " on a" + " copy.");
    }

    @Override
    public Set<String> types() {
        return Set.of("AlterExtensionStmt");
    }

    @Override
    public void check(Scene scene, Report report) {
        if (scene.is("AlterExtensionStmt")) {
            report.found(scene.node(), "what the update of " + scene.node().text("extname") + " does is not looked at");
        }
    }
}
