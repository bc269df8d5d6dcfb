package dev.sluice.lint;

import static java.util.Objects.requireNonNull;

import dev.sluice.lint.size.Weight;
import dev.sluice.plan.LockMode;
import dev.sluice.sql.Position;
import dev.sluice.sql.QualifiedName;
import java.util.List;
import java.util.Optional;

/**
 * One thing that a rule found.
 *
 * @param possible whether it depends on what the scripts do not show
 * @param message what happens, in words
 * @param lock the strongest lock that the statement takes on a table that others use
 * @param tables the tables it is about
 * @param instead what to do
 * @param excerpt the line of the script with a caret
 * @param fix what mends it
 * @param weight what the work costs on the database that the script is meant for
 * @param observed what a server was seen to do, if that is what the finding is about
 */
public record Finding(
        String rule,
        Severity severity,
        boolean possible,
        Position position,
        String message,
        Optional<LockMode> lock,
        List<QualifiedName> tables,
        String instead,
        String excerpt,
        Optional<Fix> fix,
        Optional<Weight> weight,
        Optional<Observed> observed) {

    /**
     * Text in place of text.
     *
     * @param start in characters of the file
     * @param end exclusive
     */
    public record Fix(int start, int end, String text) {}

    /** The same, as bad as this. */
    public Finding as(Severity other) {
        return new Finding(
                rule, other, possible, position, message, lock, tables, instead, excerpt, fix, weight, observed);
    }

    public Finding {
        requireNonNull(rule);
        requireNonNull(message);
        tables = List.copyOf(tables);
        requireNonNull(weight);
        requireNonNull(observed);
    }

    /** One that rests on reading alone. */
    public Finding(
            String rule,
            Severity severity,
            boolean possible,
            Position position,
            String message,
            Optional<LockMode> lock,
            List<QualifiedName> tables,
            String instead,
            String excerpt,
            Optional<Fix> fix) {
        this(
                rule,
                severity,
                possible,
                position,
                message,
                lock,
                tables,
                instead,
                excerpt,
                fix,
                Optional.empty(),
                Optional.empty());
    }

    /** The message, and what it means on that database. The message alone stays the same when tables grow. */
    public String told() {
        return message + weight.map(w -> "; " + w.text()).orElse("");
    }
}
