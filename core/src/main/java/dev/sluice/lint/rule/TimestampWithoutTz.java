package dev.sluice.lint.rule;

import dev.sluice.lint.About;
import dev.sluice.lint.Finding.Fix;
import dev.sluice.lint.Report;
import dev.sluice.lint.Rule;
import dev.sluice.lint.Scene;
import dev.sluice.lint.Severity;
import dev.sluice.sql.Node;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** timestamp without time zone. */
final class TimestampWithoutTz implements Rule {

    @Override
    public String id() {
        return "timestamp-without-tz";
    }

    @Override
    public Severity severity() {
        return Severity.INFO;
    }

    @Override
    public boolean isHabit() {
        return true;
    }

    @Override
    public About about() {
        return new About("a timestamp that does not say when", """
            A timestamp without time zone is a date and a time on some clock, not a moment: now() becomes what
            the session's TimeZone shows, and other sessions read something else from it. The other way round it
            is a change of type with a rewrite.\
            """, "timestamptz");
    }

    @Override
    public Set<String> types() {
        return Set.of("CreateStmt", "AlterTableStmt");
    }

    @Override
    public void check(Scene scene, Report report) {
        Columns.defined(scene)
                .filter(column -> Columns.type(column).equals("timestamp"))
                .forEach(column -> report.found(
                        column,
                        column.text("colname") + " depends on the time zone of who writes it",
                        fix(scene, column)));
    }

    /** A default that is more than the time of day may say in what zone it is meant. */
    private static Optional<Fix> fix(Scene scene, Node column) {
        boolean plain = column.list("constraints").stream()
                .filter(c -> c.text("contype").equals("CONSTR_DEFAULT")
                        || c.text("contype").equals("CONSTR_GENERATED"))
                .map(c -> c.get("raw_expr"))
                .allMatch(value -> value.is("FuncCall")
                                && value.strings("funcname").equals(List.of("now"))
                        || value.is("SQLValueFunction") && value.text("op").equals("SVFOP_CURRENT_TIMESTAMP"));
        List<Node> precision = column.get("typeName").list("typmods");
        String type = precision.isEmpty()
                ? "timestamptz"
                : "timestamptz(" + precision.get(0).get("ival").number("ival") + ")";
        return plain ? Columns.retyped(scene, column, type) : Optional.empty();
    }
}
