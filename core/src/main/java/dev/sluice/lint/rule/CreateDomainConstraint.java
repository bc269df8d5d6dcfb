package dev.sluice.lint.rule;

import dev.sluice.lint.About;
import dev.sluice.lint.Report;
import dev.sluice.lint.Rule;
import dev.sluice.lint.Scene;
import dev.sluice.lint.Severity;
import java.util.List;
import java.util.Set;

/** CREATE DOMAIN with a constraint. */
final class CreateDomainConstraint implements Rule {

    @Override
    public String id() {
        return "create-domain-constraint";
    }

    @Override
    public Severity severity() {
        return Severity.INFO;
    }

    @Override
    public About about() {
        return new About("a domain with a constraint", """
            A constraint of a domain is hard to change later: to check a new one, PostgreSQL reads each table
            that uses the domain while writes wait. A column of it cannot be added without rewriting the table.\
            """, """
                A domain without, or the base type, and a CHECK of each table, which can be added NOT VALID.\
                """);
    }

    @Override
    public Set<String> types() {
        return Set.of("CreateDomainStmt");
    }

    @Override
    public void check(Scene scene, Report report) {
        if (scene.is("CreateDomainStmt")) {
            scene.node().list("constraints").stream()
                    .filter(c -> List.of("CONSTR_CHECK", "CONSTR_NOTNULL").contains(c.text("contype")))
                    .limit(1)
                    .forEach(c -> report.found(
                            scene.node(),
                            "adding a column of "
                                    + String.join(".", scene.node().strings("domainname"))
                                    + " to a table will rewrite it"));
        }
    }
}
