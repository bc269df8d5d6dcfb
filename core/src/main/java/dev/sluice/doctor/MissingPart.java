package dev.sluice.doctor;

import dev.sluice.ExitCode;
import dev.sluice.doctor.Evidence.Shape;
import dev.sluice.doctor.Thing.Kind;
import java.util.List;
import java.util.Map;

/** A column, check or index that an open migration made is gone. */
final class MissingPart implements Check {

    @Override
    public String id() {
        return "part-missing";
    }

    @Override
    public List<Finding> find(Case subject) {
        return subject.ledger().made().entrySet().stream()
                .filter(made -> subject.recorded(made.getValue().version())
                        .filter(row -> row.shape() == Shape.BOTH)
                        .isPresent())
                .filter(made ->
                        made.getKey().kind() != Kind.TRIGGER && made.getKey().kind() != Kind.FUNCTION)
                .filter(made -> subject.found(made.getKey()).isEmpty())
                .sorted(Map.Entry.comparingByKey())
                .map(made -> Finding.of(
                        this,
                        ExitCode.DRIFT,
                        made.getKey().words(),
                        "migration " + made.getValue().version()
                                + " made it in expand, and it is not there: somebody dropped"
                                + " it by hand, or the table was restored without it",
                        "the new version of the application fails where it needs it; a dual write that writes it fails every"
                                + " write to the table",
                        "stop the new version; sluice down takes back what is there still, and sluice up begins anew. If"
                                + " writes fail now: DROP TRIGGER the dual write of this table first (" + Finding.REPAIR
                                + " lists it)"))
                .toList();
    }
}
