package dev.sluice.planner;

import static java.util.Objects.requireNonNull;

import dev.sluice.plan.LockMode;
import dev.sluice.plan.Source;
import dev.sluice.plan.Step;
import dev.sluice.sql.Identifier;
import dev.sluice.sql.Node;
import dev.sluice.sql.QualifiedName;
import dev.sluice.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * What has to be taken back of statements about new tables before the tables themselves are: a trigger holds on to its function,
 * and a foreign key to what it refers to, which is locked when the key goes.
 */
final class PlainUndo {

    private final Draft draft;
    private final List<String> statements = new ArrayList<>();
    /** Tables of the triggers, and both ends of the foreign keys. */
    private final Set<QualifiedName> locked = new TreeSet<>();

    PlainUndo(Draft draft) {
        this.draft = requireNonNull(draft);
    }

    void remember(Statement statement) {
        Node node = statement.node();
        if (node.is("CreateTrigStmt")) {
            QualifiedName table = draft.nameToCreate(node.get("relation"));
            statements.add(
                    "DROP TRIGGER IF EXISTS " + Identifier.quote(node.text("trigname")) + " ON " + table.quoted());
            locked.add(table);
        } else if (node.is("AlterTableStmt")) {
            QualifiedName table = draft.nameToCreate(node.get("relation"));
            Set<QualifiedName> targets = NewTableKeys.targets(draft, node);
            if (!targets.isEmpty()) {
                statements.add(NewTableKeys.drop(table, targets));
                locked.add(table);
                locked.addAll(targets);
            }
        }
    }

    /** The step for what was remembered since the last time; empty when there is nothing. */
    Optional<Step> end(Source source) {
        if (statements.isEmpty()) {
            return Optional.empty();
        }
        StepSpec spec = draft.step(source, "plain-undo", "take triggers and foreign keys of new tables back");
        locked.forEach(table -> spec.lock(table, LockMode.ACCESS_EXCLUSIVE));
        Step step = spec.brief(Step.Purpose.DDL, statements);
        statements.clear();
        locked.clear();
        return Optional.of(step);
    }
}
