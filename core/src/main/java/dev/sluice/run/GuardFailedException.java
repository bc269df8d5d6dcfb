package dev.sluice.run;

import dev.sluice.ExitCode;
import dev.sluice.SluiceException;

/** The database is no longer what the plan was made for; the step changed nothing and the migration is planned anew. */
final class GuardFailedException extends SluiceException {
    private static final long serialVersionUID = 1L;

    GuardFailedException(String message) {
        super(ExitCode.FAILED_SAFE, message);
    }
}
