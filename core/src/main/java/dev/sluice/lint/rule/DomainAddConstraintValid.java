package dev.sluice.lint.rule;

import dev.sluice.lint.About;
import dev.sluice.lint.Report;
import dev.sluice.lint.Rule;
import dev.sluice.lint.Scene;
import dev.sluice.lint.Severity;
import dev.sluice.sql.QualifiedName;
import java.util.List;
import java.util.Set;

/** A constraint of a domain that is checked in every table. */
final class DomainAddConstraintValid implements Rule {

    @Override
    public String id() {
        return "domain-add-constraint-valid";
    }

    @Override
    public Severity severity() {
        return Severity.ERROR;
    }

    @Override
    public boolean isAboutWork() {
        return true;
    }

    @Override
    public About about() {
        return new About("a domain's constraint is checked in every table", """
            PostgreSQL reads each table with a column of the domain, one after the other, and holds SHARE on all
            of them: writes wait. NOT VALID spares that; VALIDATE CONSTRAINT does it later, under the same lock.\
            """, """
                ALTER DOMAIN d ADD CONSTRAINT c CHECK (…) NOT VALID, which new values have to satisfy. VALIDATE when
                writers can wait.\
                """);
    }

    @Override
    public Set<String> types() {
        return Set.of("AlterDomainStmt");
    }

    @Override
    public void check(Scene scene, Report report) {
        if (!scene.is("AlterDomainStmt")) {
            return;
        }
        String subtype = scene.node().text("subtype");
        List<QualifiedName> tables =
                scene.effect().scanned().stream().filter(scene::isOld).toList();
        Severity severity = subtype.equals("V") ? Severity.WARNING : Severity.ERROR;
        if (!tables.isEmpty()) {
            report.found(
                    severity,
                    scene.node(),
                    "writes to " + tables.get(0) + " wait while its rows are checked",
                    tables.toArray(QualifiedName[]::new));
        } else if (!scene.effect().doubts().isEmpty()) {
            report.found(
                    Severity.WARNING,
                    scene.node(),
                    "writes to all tables that use the domain wait while rows are checked");
        }
    }
}
