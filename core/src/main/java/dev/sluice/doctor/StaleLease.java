package dev.sluice.doctor;

import dev.sluice.ExitCode;
import java.util.List;

/** A runner died without giving the lease back. */
final class StaleLease implements Check {

    @Override
    public String id() {
        return "lease-stale";
    }

    @Override
    public List<Finding> find(Case subject) {
        Evidence.Lease lease = subject.evidence().lease();
        if (!subject.isJournalReadable() || lease.holder().isEmpty() || !lease.expired()) {
            return List.of();
        }
        if (lease.lockedBy().isPresent()) {
            int pid = lease.lockedBy().get();
            return List.of(Finding.of(
                    this,
                    ExitCode.LOCK_NOT_ACQUIRED,
                    "the runner " + lease.holder().get(),
                    "it has given no sign of life in its time, and its session (process " + pid
                            + ") still holds the lock",
                    "others wait for it; should it wake up, it finds out that its time is over and changes nothing",
                    "look at that machine; if it is not coming back: SELECT pg_terminate_backend(" + pid + ")"));
        }
        return List.of(Finding.of(
                        this,
                        ExitCode.OK,
                        "the runner " + lease.holder().get(),
                        "it ended without giving the lease back, and its time is over",
                        "none: the next command takes it",
                        Finding.REPAIR + " clears it, and need not")
                .mendedBy(Mend.journal(
                        "clear the lease of a runner that is gone",
                        "UPDATE sluice.lease SET holder = NULL WHERE expires_at < clock_timestamp()")));
    }
}
