package dev.sluice.doctor;

import dev.sluice.ExitCode;
import dev.sluice.doctor.Thing.Kind;
import dev.sluice.plan.LockMode;
import dev.sluice.plan.TableLock;
import dev.sluice.sql.Identifier;
import java.util.List;

/** A trigger of a dual write does not fire. */
final class DisabledDualWrite implements Check {

    @Override
    public String id() {
        return "dual-write-disabled";
    }

    @Override
    public List<Finding> find(Case subject) {
        return subject.ours().stream()
                .filter(entry -> entry.getKey().kind() == Kind.TRIGGER
                        && !entry.getValue().works())
                .filter(entry -> !subject.ledger().gone().containsKey(entry.getKey()))
                .map(entry -> {
                    Thing thing = entry.getKey();
                    String sql =
                            "ALTER TABLE " + thing.relation() + " ENABLE TRIGGER " + Identifier.quote(thing.part());
                    return Finding.of(
                                    this,
                                    ExitCode.DRIFT,
                                    thing.words(),
                                    "somebody has disabled it",
                                    "what one version of the application writes does not reach the other; rows written since"
                                            + " may differ. A sweep before contract finds such rows",
                                    Finding.REPAIR + " enables it; then, when you know which version is right for rows"
                                            + " written meanwhile, write these rows once more")
                            .mendedBy(new Mend(
                                    "enable " + thing.words(),
                                    List.of(new TableLock(thing.relation(), LockMode.SHARE_ROW_EXCLUSIVE)),
                                    List.of(sql),
                                    Mend.Manner.TRANSACTION));
                })
                .toList();
    }
}
