package dev.sluice.doctor;

import dev.sluice.ExitCode;
import java.util.List;

/** Tables or columns of the journal are gone. */
final class DamagedJournal implements Check {

    @Override
    public String id() {
        return "journal-damaged";
    }

    @Override
    public List<Finding> find(Case subject) {
        Evidence.Journal journal = subject.evidence().journal();
        if (!journal.there() || journal.damage().isEmpty() || journal.version() > journal.known()) {
            return List.of();
        }
        Finding finding = Finding.of(
                this,
                ExitCode.FAILED_NEEDS_OPERATOR,
                "schema sluice",
                String.join("; ", journal.damage()),
                "no command runs until it is whole; the tables of the application are not touched by this",
                journal.mendable()
                        ? "restore schema sluice from a backup of this database, if there is one as new as its tables;"
                                + " else " + Finding.REPAIR + ", which makes what lacks, empty"
                        : "restore schema sluice from a backup of this database, if there is one as new as its tables;"
                                + " else " + Finding.REPAIR + " --rebuild, which makes it anew from files and catalog");
        return List.of(
                journal.mendable() && !journal.mend().isEmpty()
                        ? finding.mendedBy(new Mend(
                                "make what the journal lacks", List.of(), journal.mend(), Mend.Manner.BEFORE_LEASE))
                        : finding);
    }
}
