package dev.sluice.lint.rule;

import dev.sluice.lint.About;
import dev.sluice.lint.Report;
import dev.sluice.lint.Rule;
import dev.sluice.lint.Scene;
import dev.sluice.lint.Severity;
import java.util.Set;

/** ADD CHECK without NOT VALID. */
final class AddCheckValid implements Rule {

    @Override
    public String id() {
        return "add-check-valid";
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
        return new About(
                "a check that is run for every row at once",
                "PostgreSQL reads every row to see that it keeps the check, under ACCESS EXCLUSIVE.",
                """
                ADD CONSTRAINT c CHECK (…) NOT VALID, which holds for new rows at once; then, in its own transaction,
                VALIDATE CONSTRAINT c, which lets reads and writes go on.""");
    }

    @Override
    public Set<String> types() {
        return Set.of("AlterTableStmt");
    }

    @Override
    public void check(Scene scene, Report report) {
        scene.added("CONSTR_CHECK")
                .filter(part -> !part.effect().scanned().isEmpty())
                .forEach(part -> report.found(
                        part.definition(),
                        "the check has every row of " + part.table().name()
                                + " read while nothing can read or write it",
                        part.table().name()));
    }
}
