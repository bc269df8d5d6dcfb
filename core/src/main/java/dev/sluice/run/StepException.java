package dev.sluice.run;

import static java.util.Objects.requireNonNull;

import dev.sluice.ExitCode;
import dev.sluice.SluiceException;

/** A step could not do its work for a reason that its message tells; whoever runs the phase adds state and next command. */
final class StepException extends SluiceException {
    private static final long serialVersionUID = 1L;

    private final String advice;

    /** @param advice what to do before the command is run again */
    StepException(ExitCode exitCode, String message, String advice) {
        super(exitCode, message);
        this.advice = requireNonNull(advice);
    }

    /** @param advice empty: what the server's refusal calls for */
    StepException(ExitCode exitCode, String message, String advice, Throwable refusal) {
        super(exitCode, message, refusal);
        this.advice = requireNonNull(advice);
    }

    String advice() {
        return advice;
    }
}
