package dev.sluice.lint.rule;

import dev.sluice.lint.About;
import dev.sluice.lint.Report;
import dev.sluice.lint.Rule;
import dev.sluice.lint.Scene;
import dev.sluice.lint.Severity;

/** ADD COLUMN with a default that is computed for each row. */
final class AddColumnVolatileDefault implements Rule {

    @Override
    public String id() {
        return "add-column-volatile-default";
    }

    @Override
    public Severity severity() {
        return Severity.ERROR;
    }

    @Override
    public About about() {
        return new About(
                "a default that PostgreSQL has to compute for every row",
                """
                A constant or STABLE default, such as now(), is stored once in the catalog. A VOLATILE one has to be
                called for each row, so PostgreSQL writes the whole table and all its indexes anew, under ACCESS
                EXCLUSIVE.""",
                """
                Add the column without a default, ALTER COLUMN c SET DEFAULT for the rows to come, and fill the old
                ones in batches. `sluice plan` makes that of this statement.""");
    }

    @Override
    public void check(Scene scene, Report report) {
        scene.newColumns()
                .filter(part -> !part.effect().rewritten().isEmpty())
                .forEach(part -> part.inline("CONSTR_DEFAULT")
                        .filter(value -> !AddColumnSerial.takesFromSequence(value) && !AddColumnConstrainedDomain.hasOne(scene, part))
                        .ifPresent(value -> report.found(
                                value,
                                "the default of " + part.column() + " is computed for each row: the table is rewritten while nothing"
                                        + " can read or write it",
                                part.table().name())));
    }
}
