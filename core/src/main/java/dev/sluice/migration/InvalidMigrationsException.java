package dev.sluice.migration;

import dev.sluice.ExitCode;
import dev.sluice.SluiceException;
import java.util.List;
import java.util.stream.Collectors;

/** The migration files cannot be used as they are, or do not fit what was applied. Tells every problem, not the first. */
public final class InvalidMigrationsException extends SluiceException {
    private static final long serialVersionUID = 1L;
    private static final int SHOWN = 20;

    private final transient List<Problem> problems;

    public InvalidMigrationsException(List<Problem> problems) {
        super(ExitCode.VALIDATION, message(problems));
        this.problems = List.copyOf(problems);
    }

    /** All of them, in the order of the files. */
    public List<Problem> problems() {
        return problems;
    }

    private static String message(List<Problem> problems) {
        if (problems.isEmpty()) {
            throw new IllegalArgumentException("no problem, no exception");
        }
        String shown = problems.stream().limit(SHOWN).map(Problem::toString).collect(Collectors.joining("\n"));
        return problems.size() <= SHOWN ? shown : shown + "\n… and " + (problems.size() - SHOWN) + " more problems";
    }
}
