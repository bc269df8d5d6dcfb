package dev.sluice.doctor;

import dev.sluice.ExitCode;
import dev.sluice.doctor.Evidence.Shape;
import java.util.List;

/** The plan of a migration in the journal is no plan. */
final class UnreadablePlan implements Check {

    @Override
    public String id() {
        return "plan-unreadable";
    }

    @Override
    public List<Finding> find(Case subject) {
        return subject.evidence().recorded().stream()
                .filter(row -> row.plan().isEmpty() && row.shape() != Shape.BEFORE)
                .map(row -> Finding.of(
                        this,
                        ExitCode.FAILED_NEEDS_OPERATOR,
                        row.words(),
                        "it is " + row.state()
                                + ", and what column plan of its row in sluice.migration holds is no plan:"
                                + " somebody has changed it, or it was made by another version",
                        "contract, down and purge of it cannot run, and no other command can read the journal",
                        "restore this row from a backup of the database as it is now; else " + Finding.REPAIR
                                + " --forget "
                                + row.version() + " once its changes are all taken back, or --stamp " + row.version()
                                + " once they are all made"))
                .toList();
    }
}
