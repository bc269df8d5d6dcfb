package dev.sluice.doctor;

import dev.sluice.ExitCode;
import java.util.List;

/** A newer Sluice has made the journal: what it means is not known here. */
final class NewerJournal implements Check {

    @Override
    public String id() {
        return "journal-newer";
    }

    @Override
    public List<Finding> find(Case subject) {
        Evidence.Journal journal = subject.evidence().journal();
        return !journal.there() || journal.version() <= journal.known()
                ? List.of()
                : List.of(Finding.of(
                        this,
                        ExitCode.ERROR,
                        "schema sluice",
                        "the journal has version " + journal.version() + ", and this Sluice knows " + journal.known(),
                        "this Sluice changes nothing here, and what follows in this list may be wrong",
                        "use the Sluice that the others use"));
    }
}
