package dev.sluice.lint.rule;

import dev.sluice.lint.About;
import dev.sluice.lint.Report;
import dev.sluice.lint.Rule;
import dev.sluice.lint.Scene;
import dev.sluice.lint.Severity;
import java.util.Set;

/** A constraint over columns with data, which may not keep it. */
final class ConstraintDataDependent implements Rule {

    @Override
    public String id() {
        return "constraint-data-dependent";
    }

    @Override
    public Severity severity() {
        return Severity.INFO;
    }

    @Override
    public About about() {
        return new About(
                "a constraint that the rows may not keep",
                """
                If one row breaks the new constraint, the statement fails, and with it the transaction that it is in;
                on a large table only after a long time.""",
                "Look for such rows before, on a copy of the data or with a query, and mend them.");
    }

    @Override
    public Set<String> types() {
        return Set.of("AlterTableStmt");
    }

    @Override
    public void check(Scene scene, Report report) {
        scene.parts("AT_AddConstraint")
                .filter(part -> !part.effect().scanned().isEmpty()
                        || !part.effect().indexed().isEmpty())
                .filter(part -> !part.effect().rewritten().contains(part.table().name()))
                .filter(part -> !ConstraintColumns.areNew(scene, part))
                .forEach(part -> report.found(
                        part.definition(),
                        "it fails if a row of " + part.table().name() + " does not keep the constraint",
                        part.table().name()));
    }
}
