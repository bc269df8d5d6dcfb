package dev.sluice.run;

import dev.sluice.ExitCode;
import dev.sluice.SluiceException;
import java.util.List;

/** A step could not have its locks within the budget; its transaction has changed nothing. */
final class LockNotAcquiredException extends SluiceException {
    private static final long serialVersionUID = 1L;

    private final transient List<Blocker> blockers;

    LockNotAcquiredException(String message, List<Blocker> blockers) {
        super(ExitCode.LOCK_NOT_ACQUIRED, message);
        this.blockers = List.copyOf(blockers);
    }

    List<Blocker> blockers() {
        return blockers;
    }
}
