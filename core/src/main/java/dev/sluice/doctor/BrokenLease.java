package dev.sluice.doctor;

import dev.sluice.ExitCode;
import java.util.List;

/** The table of the lease has not exactly its one row. */
final class BrokenLease implements Check {

    @Override
    public String id() {
        return "lease-broken";
    }

    @Override
    public List<Finding> find(Case subject) {
        int rows = subject.evidence().lease().rows();
        return !subject.isJournalReadable() || rows == 1
                ? List.of()
                : List.of(Finding.of(
                                this,
                                ExitCode.FAILED_NEEDS_OPERATOR,
                                "sluice.lease",
                                "it has " + rows + " rows; one is right",
                                "no command that changes something can begin",
                                Finding.REPAIR)
                        .mendedBy(new Mend(
                                "give the lease its one row",
                                List.of(),
                                List.of(
                                        "DELETE FROM sluice.lease",
                                        "INSERT INTO sluice.lease (epoch, exclusive, expires_at) SELECT"
                                                + " coalesce(max(epoch), 0) + 1, false, '-infinity' FROM sluice.event"),
                                Mend.Manner.BEFORE_LEASE)));
    }
}
