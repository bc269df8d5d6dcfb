package dev.sluice.run;

import static java.util.Objects.requireNonNull;

import dev.sluice.ExitCode;
import dev.sluice.SluiceException;

/** A step failed. The message says what, where, why, what state the database is in and which command goes on. */
public final class StepFailedException extends SluiceException {
    private static final long serialVersionUID = 1L;

    private final String progress;
    private final String advice;

    StepFailedException(ExitCode exitCode, String message, Throwable cause) {
        this(exitCode, message, "", "", cause);
    }

    /**
     * @param progress how far the phase has come
     * @param advice what to do before the command that goes on
     */
    StepFailedException(ExitCode exitCode, String message, String progress, String advice, Throwable cause) {
        super(exitCode, message, cause);
        this.progress = requireNonNull(progress);
        this.advice = requireNonNull(advice);
    }

    String progress() {
        return progress;
    }

    String advice() {
        return advice;
    }
}
