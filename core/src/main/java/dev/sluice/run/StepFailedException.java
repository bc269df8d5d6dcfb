package dev.sluice.run;

import dev.sluice.ExitCode;
import dev.sluice.SluiceException;

/** A step failed. The message says what, where, why, what state the database is in and which command goes on. */
public final class StepFailedException extends SluiceException {
    private static final long serialVersionUID = 1L;

    StepFailedException(ExitCode exitCode, String message) {
        super(exitCode, message);
    }

    StepFailedException(ExitCode exitCode, String message, Throwable cause) {
        super(exitCode, message, cause);
    }
}
