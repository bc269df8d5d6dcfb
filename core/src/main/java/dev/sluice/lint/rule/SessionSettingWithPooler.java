package dev.sluice.lint.rule;

import dev.sluice.lint.About;
import dev.sluice.lint.Report;
import dev.sluice.lint.Rule;
import dev.sluice.lint.Scene;
import dev.sluice.lint.Severity;
import dev.sluice.sql.Node;
import dev.sluice.sql.Tokens.Token;
import java.util.Set;

/** SET for the session where SET LOCAL would do. */
final class SessionSettingWithPooler implements Rule {

    @Override
    public String id() {
        return "session-setting-with-pooler";
    }

    @Override
    public Severity severity() {
        return Severity.INFO;
    }

    @Override
    public About about() {
        return new About(
                "a setting that outlives the migration",
                """
                SET lasts as long as the connection. Through a pooler that gives a connection back after each
                transaction, others get it with this setting, and the next statement may run on a connection without
                it.\
                """,
                "SET LOCAL, which ends with the transaction; or a setting of the role: ALTER ROLE … SET.");
    }

    @Override
    public Set<String> types() {
        return Set.of("VariableSetStmt");
    }

    @Override
    public void check(Scene scene, Report report) {
        Node node = scene.node();
        boolean settable =
                scene.is("VariableSetStmt") && node.text("kind").equals("VAR_SET_VALUE") && !node.flag("is_local");
        if (settable && scene.transactional() && !isResetLater(scene)) {
            Words words = Words.of(scene);
            Token set = words.tokens().get(words.isOneOf(1, "SESSION") ? 1 : 0);
            report.found(
                    node,
                    node.text("name") + " stays set after the transaction, for whoever has the connection",
                    words.edits()
                            .replace(scene.statement().start(), words.end(set), "SET LOCAL")
                            .fix());
        }
    }

    private static boolean isResetLater(Scene scene) {
        return Surroundings.after(scene, "VariableSetStmt")
                .anyMatch(later -> later.text("kind").equals("VAR_RESET_ALL")
                        || later.text("name").equals(scene.node().text("name")));
    }
}
