package dev.sluice.lint.rule;

import dev.sluice.lint.About;
import dev.sluice.lint.Report;
import dev.sluice.lint.Rule;
import dev.sluice.lint.Scene;
import dev.sluice.lint.Severity;

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
    public About about() {
        return new About("a timestamp that does not say when", """
            A timestamp without time zone is a date and a time on some clock, not a moment: now() becomes what
            the session's TimeZone shows, and other sessions read something else from it. The other way round it
            is a change of type with a rewrite.\
            """, "timestamptz");
    }

    @Override
    public void check(Scene scene, Report report) {
        Columns.defined(scene)
                .filter(column -> Columns.type(column).equals("timestamp"))
                .forEach(column ->
                        report.found(column, column.text("colname") + " depends on the time zone of who writes it"));
    }
}
