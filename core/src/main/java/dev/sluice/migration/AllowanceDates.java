package dev.sluice.migration;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Refuses to run scripts whose {@code sluice:allow … until=} is over. What has been applied may keep them. */
public final class AllowanceDates {
    private AllowanceDates() {}

    /**
     * @param toRun the migrations about to run
     * @param today the date where the team is
     * @throws InvalidMigrationsException if an allowance has expired; the day itself still counts
     */
    public static void requireCurrent(Collection<Migration> toRun, LocalDate today) {
        List<Problem> problems = new ArrayList<>();
        for (Migration migration : toRun) {
            Stream.concat(Stream.of(migration.up()), migration.down().stream())
                    .flatMap(script -> script.directives().stream()
                            .flatMap(directive -> expired(script, directive, today).stream()))
                    .distinct()
                    .forEach(problems::add);
        }
        if (!problems.isEmpty()) {
            throw new InvalidMigrationsException(problems);
        }
    }

    private static Optional<Problem> expired(MigrationScript script, Directive directive, LocalDate today) {
        return directive
                .until()
                .filter(today::isAfter)
                .map(until -> Problem.inScript(
                        script.source(),
                        directive.offset(),
                        "the hazard '" + directive.argument() + "' was allowed until " + until
                                + ", which is over. Decide again: remove the hazard, or move the date"));
    }
}
