package dev.sluice.run;

import dev.sluice.ExitCode;
import dev.sluice.SluiceException;

/** A command does not fit the state of a migration; nothing was changed. */
public final class IllegalMoveException extends SluiceException {
    private static final long serialVersionUID = 1L;

    IllegalMoveException(MigrationState.Move move, String version, String reason, String next) {
        super(ExitCode.ERROR, "cannot " + move.text() + " migration " + version + ": " + reason + "\n  next: " + next);
    }
}
