package dev.sluice.run;

import dev.sluice.ExitCode;
import dev.sluice.SluiceException;
import dev.sluice.db.Session;
import java.time.Duration;

/** This runner may not write any more. What it had not committed is rolled back. */
public final class FencedException extends SluiceException {
    private static final long serialVersionUID = 1L;

    private FencedException(String why) {
        super(
                ExitCode.FAILED_SAFE,
                why
                        + ": stopped, and what was not committed is rolled back\n  next: sluice status, then the same command"
                        + " again if there is something left to do");
    }

    static FencedException replaced(long epoch) {
        return new FencedException("another runner has taken over this database (this one had epoch " + epoch + ")");
    }

    static FencedException outOfReach(long epoch, Duration expiry) {
        return new FencedException("the server could not be reached for " + expiry.toSeconds()
                + " s, so that another runner may have taken over this database (this one had epoch " + epoch + ")");
    }

    /**
     * Why the journal does not have what this runner relies on: another one has the lease, or this server has never seen
     * the end of what was confirmed to this runner.
     */
    static FencedException ask(Session session, long epoch) {
        if (session.isTrue("SELECT EXISTS (SELECT FROM sluice.lease WHERE epoch > ?)", epoch)) {
            return replaced(epoch);
        }
        return new FencedException("this server does not know all that was confirmed to this run (epoch " + epoch
                + "): a replica was promoted that had not received everything, or the server crashed while synchronous_commit"
                + " was off, or somebody changed the journal; journal and data are of one moment, an earlier one");
    }
}
