package dev.sluice.doctor;

import dev.sluice.ExitCode;
import java.util.List;

/** An older Sluice has made the journal. */
final class OlderJournal implements Check {

    @Override
    public String id() {
        return "journal-older";
    }

    @Override
    public List<Finding> find(Case subject) {
        Evidence.Journal journal = subject.evidence().journal();
        return !journal.there() || journal.version() >= journal.known() || journal.version() < 1
                ? List.of()
                : List.of(Finding.of(
                        this,
                        ExitCode.OK,
                        "schema sluice",
                        "the journal has version " + journal.version() + ", this Sluice makes version "
                                + journal.known(),
                        "none: the next command that changes something brings it up to date; then older ones refuse to run",
                        "sluice up"));
    }
}
