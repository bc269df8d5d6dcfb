package dev.sluice.run;

import dev.sluice.ExitCode;
import dev.sluice.SluiceException;

/** Another runner has taken over: this one may not write any more. What it had not committed is rolled back. */
public final class FencedException extends SluiceException {
    private static final long serialVersionUID = 1L;

    FencedException(long epoch) {
        super(
                ExitCode.FAILED_SAFE,
                "another runner has taken over this database (this one had epoch " + epoch
                        + "): stopped, and what was not committed is rolled back\n  next: sluice status");
    }
}
