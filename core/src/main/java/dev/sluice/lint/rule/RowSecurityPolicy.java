package dev.sluice.lint.rule;

import dev.sluice.lint.About;
import dev.sluice.lint.Report;
import dev.sluice.lint.Rule;
import dev.sluice.lint.Scene;
import dev.sluice.lint.Severity;
import dev.sluice.sql.QualifiedName;
import java.util.Set;

/** Row security and policies. */
final class RowSecurityPolicy implements Rule {

    private static final Set<String> SWITCHES =
            Set.of("AT_EnableRowSecurity", "AT_DisableRowSecurity", "AT_ForceRowSecurity", "AT_NoForceRowSecurity");

    @Override
    public String id() {
        return "row-security-policy";
    }

    @Override
    public Severity severity() {
        return Severity.WARNING;
    }

    @Override
    public About about() {
        return new About("other rows are seen once policies change", """
            The statements lock the table against everyone for a moment. From COMMIT on users see and write
            other rows than before: with row security on and no policy, none at all.\
            """, """
                CREATE POLICY first, then ENABLE ROW LEVEL SECURITY, in one transaction with a short lock_timeout.\
                """);
    }

    @Override
    public Set<String> types() {
        return Set.of("AlterTableStmt", "CreatePolicyStmt", "AlterPolicyStmt", "DropStmt");
    }

    @Override
    public void check(Scene scene, Report report) {
        scene.parts().stream()
                .filter(part -> SWITCHES.contains(part.command().text("subtype")))
                .forEach(part -> report.found(
                        scene.node(),
                        "users of " + part.table().name() + " see other rows from then on",
                        part.table().name()));
        if (scene.is("CreatePolicyStmt") || scene.is("AlterPolicyStmt")) {
            say(scene, report, scene.schema().name(scene.node().get("table")));
        }
        Surroundings.dropped(scene.node(), "OBJECT_POLICY")
                .forEach(name -> say(
                        scene, report, scene.schema().name(Surroundings.relation(name.subList(0, name.size() - 1)))));
    }

    private static void say(Scene scene, Report report, QualifiedName table) {
        if (scene.isOld(table)) {
            report.found(Severity.INFO, scene.node(), "users of " + table + " may see other rows from then on", table);
        }
    }
}
