package dev.sluice.run;

import dev.sluice.ExitCode;
import dev.sluice.SluiceException;

/** Somebody stopped the run. What was not committed is rolled back; the same command goes on from there. */
public final class InterruptedRunException extends SluiceException {
    private static final long serialVersionUID = 1L;

    InterruptedRunException(String message) {
        super(ExitCode.FAILED_SAFE, message);
    }
}
