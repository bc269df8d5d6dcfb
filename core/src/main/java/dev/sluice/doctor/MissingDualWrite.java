package dev.sluice.doctor;

import dev.sluice.ExitCode;
import dev.sluice.doctor.Thing.Kind;
import dev.sluice.plan.LockMode;
import dev.sluice.plan.TableLock;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** A trigger or a function of a dual write is gone, while both versions work. */
final class MissingDualWrite implements Check {

    @Override
    public String id() {
        return "dual-write-missing";
    }

    @Override
    public List<Finding> find(Case subject) {
        return subject.ledger().made().entrySet().stream()
                .filter(made -> subject.names().isOurs(made.getKey()))
                .filter(made ->
                        made.getKey().kind() == Kind.TRIGGER || made.getKey().kind() == Kind.FUNCTION)
                .filter(made -> subject.found(made.getKey()).isEmpty())
                .sorted(Map.Entry.comparingByKey(Comparator.comparing(thing -> thing.kind() != Kind.FUNCTION)))
                .map(made -> finding(made.getKey(), made.getValue()))
                .toList();
    }

    private Finding finding(Thing thing, Ledger.Entry made) {
        List<TableLock> locks = thing.kind() == Kind.TRIGGER
                ? List.of(new TableLock(thing.relation(), LockMode.SHARE_ROW_EXCLUSIVE))
                : List.of();
        return Finding.of(
                        this,
                        ExitCode.DRIFT,
                        thing.words(),
                        "migration " + made.version() + " made it, and it is not there",
                        "what one version of the application writes does not reach the other; rows written since it is gone"
                                + " may differ. A sweep before contract finds such rows",
                        Finding.REPAIR + " makes it again; then, when you know which version is right for rows written"
                                + " meanwhile, write these rows once more")
                .mendedBy(new Mend(
                        "make " + thing.words() + " again", locks, List.of(made.sql()), Mend.Manner.TRANSACTION));
    }
}
