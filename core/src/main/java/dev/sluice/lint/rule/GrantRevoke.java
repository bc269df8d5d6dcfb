package dev.sluice.lint.rule;

import dev.sluice.lint.About;
import dev.sluice.lint.Report;
import dev.sluice.lint.Rule;
import dev.sluice.lint.Scene;
import dev.sluice.lint.Severity;
import dev.sluice.sql.Node;
import java.util.List;
import java.util.Set;

/** REVOKE, and GRANT to everyone. */
final class GrantRevoke implements Rule {

    @Override
    public String id() {
        return "grant-revoke";
    }

    @Override
    public Severity severity() {
        return Severity.WARNING;
    }

    @Override
    public About about() {
        return new About("privileges change", """
            What REVOKE takes away is missed at once by whoever runs now. GRANT … TO PUBLIC gives it to every
            role there is and will be.\
            """, """
                Give the new role its rights and let the code use it; REVOKE afterwards. GRANT to roles by name.\
                """);
    }

    @Override
    public Set<String> types() {
        return Set.of("GrantStmt");
    }

    @Override
    public void check(Scene scene, Report report) {
        Node node = scene.node();
        if (!scene.is("GrantStmt") || !concernsOld(scene)) {
            return;
        }
        if (!node.flag("is_grant")) {
            report.found(node, "code that runs with these rights fails from then on");
        } else if (node.list("grantees").stream()
                .anyMatch(g -> g.text("roletype").equals("ROLESPEC_PUBLIC"))) {
            report.found(Severity.INFO, node, "every role gets these rights, now and later");
        }
    }

    private static boolean concernsOld(Scene scene) {
        List<Node> tables = scene.node().list("objects").stream()
                .filter(object -> object.is("RangeVar"))
                .toList();
        return tables.isEmpty()
                || tables.stream().anyMatch(t -> scene.isOld(scene.schema().name(t)));
    }
}
