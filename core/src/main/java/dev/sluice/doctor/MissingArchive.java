package dev.sluice.doctor;

import dev.sluice.ExitCode;
import dev.sluice.doctor.Evidence.Shape;
import java.util.List;
import java.util.Map;

/** What contract put aside is gone before purge. */
final class MissingArchive implements Check {

    @Override
    public String id() {
        return "archive-missing";
    }

    @Override
    public List<Finding> find(Case subject) {
        return subject.ledger().made().entrySet().stream()
                .filter(made -> OwnNames.isArchived(made.getKey()))
                .filter(made -> subject.recorded(made.getValue().version())
                        .filter(row -> row.shape() == Shape.AFTER)
                        .isPresent())
                .filter(made -> subject.found(made.getKey()).isEmpty())
                .filter(made -> !made.getValue().unlessThere())
                .sorted(Map.Entry.comparingByKey())
                .map(made -> Finding.of(
                        this,
                        ExitCode.DRIFT,
                        made.getKey().words(),
                        "contract of migration " + made.getValue().version() + " put it aside, and it is not there",
                        "sluice down cannot bring its data back; the application is not affected",
                        "restore it from a backup, if going back must stay possible; else sluice purge "
                                + made.getValue().version() + ", which ends it"))
                .toList();
    }
}
