package dev.sluice.doctor;

import dev.sluice.ExitCode;
import dev.sluice.doctor.Evidence.Found;
import dev.sluice.doctor.Evidence.Shape;
import dev.sluice.doctor.Thing.Kind;
import dev.sluice.plan.LockMode;
import dev.sluice.plan.TableLock;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Something of Sluice's that no migration has a use for. */
final class Leftover implements Check {

    /** A trigger before its function. */
    private static final List<Kind> ORDER = List.of(
            Kind.TRIGGER,
            Kind.VIEW,
            Kind.CONSTRAINT,
            Kind.INDEX,
            Kind.FUNCTION,
            Kind.COLUMN,
            Kind.SEQUENCE,
            Kind.TABLE);

    @Override
    public String id() {
        return "leftover";
    }

    @Override
    public List<Finding> find(Case subject) {
        if (!subject.evidence().journal().there() || !subject.isJournalReadable()) {
            return List.of(); // whose it is cannot be told
        }
        Set<String> needed = NeededNames.of(subject.evidence());
        return subject.ours().stream()
                .filter(entry -> !OwnNames.isArchived(entry.getKey()))
                .filter(entry -> entry.getValue().works() || entry.getKey().kind() != Kind.INDEX)
                .filter(entry -> !needed.contains(entry.getKey().name()) || isDropped(subject, entry.getKey()))
                .sorted(Comparator.comparing(
                        entry -> ORDER.indexOf(entry.getKey().kind())))
                .map(entry -> finding(entry.getKey(), entry.getValue()))
                .toList();
    }

    private static boolean isDropped(Case subject, Thing thing) {
        return Optional.ofNullable(subject.ledger().gone().get(thing))
                .flatMap(subject::recorded)
                .filter(row -> row.shape() == Shape.BOTH || row.shape() == Shape.AFTER || row.shape() == Shape.FINAL)
                .isPresent();
    }

    private Finding finding(Thing thing, Found found) {
        boolean writes = thing.kind() == Kind.TRIGGER || thing.kind() == Kind.CONSTRAINT;
        Finding finding = Finding.of(
                this,
                ExitCode.DRIFT,
                thing.words(),
                "it has a name of Sluice's, and no migration that is applied or on its way has a use for it",
                writes
                        ? "it takes part in every write to " + thing.relation() + ", and may make writes fail"
                        : "it takes space",
                found.dropSql().isPresent()
                        ? Finding.REPAIR + " drops it"
                        : "it may hold data, so repair leaves it: look at it, and drop it by hand");
        return found.dropSql()
                .map(sql -> finding.mendedBy(new Mend(
                        "drop " + thing.words(),
                        found.table().map(table -> new TableLock(table, LockMode.ACCESS_EXCLUSIVE)).stream()
                                .toList(),
                        List.of(sql),
                        Mend.Manner.TRANSACTION)))
                .orElse(finding);
    }
}
