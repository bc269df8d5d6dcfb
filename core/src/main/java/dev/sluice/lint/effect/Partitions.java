package dev.sluice.lint.effect;

import dev.sluice.lint.schema.KnownConstraint;
import dev.sluice.lint.schema.KnownIndex;
import dev.sluice.lint.schema.KnownSchema;
import dev.sluice.lint.schema.KnownTable;
import dev.sluice.plan.LockMode;
import dev.sluice.sql.Node;
import dev.sluice.sql.QualifiedName;
import java.util.Optional;

/** ATTACH, DETACH, and what a new bound asks of the default partition. */
final class Partitions {

    private final KnownSchema schema;
    private final Impact impact;

    Partitions(KnownSchema schema, Impact impact) {
        this.schema = schema;
        this.impact = impact;
    }

    /** The default partition is read for rows that belong to the new one, unless its constraints say that it has none. */
    void newBound(KnownTable parent, Node bound) {
        if (bound.flag("is_default")) {
            return;
        }
        for (KnownTable child : schema.childrenOf(parent.name())) {
            if (child.bound().filter(KnownTable.PartitionBound::isDefault).isPresent()) {
                impact.lock(child.name(), LockMode.ACCESS_EXCLUSIVE);
                if (!new BoundProof(parent, child).excludes(bound)) {
                    schema.family(child).forEach(impact::scan);
                }
            }
        }
    }

    void attach(KnownTable parent, Node command) {
        Node relation = command.get("name");
        impact.lock(parent.name(), LockMode.SHARE_UPDATE_EXCLUSIVE);
        Optional<KnownTable> known = schema.table(relation);
        impact.lock(schema.name(relation), LockMode.ACCESS_EXCLUSIVE);
        newBound(parent, command.get("bound"));
        if (known.isEmpty()) {
            impact.doubt("what constraints and indexes " + schema.name(relation) + " has");
            return;
        }
        KnownTable partition = known.get();
        boolean nullable = parent.columns().stream()
                .anyMatch(c -> c.notNull()
                        && partition.column(c.name()).filter(p -> !p.notNull()).isPresent());
        if (nullable) {
            impact.fails("a column is NOT NULL in the partitioned table and not in the partition");
            return;
        }
        if (!new BoundProof(parent, partition).implies(command.get("bound"))) {
            schema.family(partition).forEach(impact::scan);
        }
        for (KnownIndex index : schema.indexesOf(parent.name())) {
            boolean there = schema.indexesOf(partition.name()).stream()
                    .anyMatch(i -> i.columns().equals(index.columns())
                            && i.unique() == index.unique()
                            && i.parent().isEmpty());
            if (!there) {
                impact.buildIndex(partition);
            }
        }
        for (KnownConstraint key : parent.foreignKeys()) {
            QualifiedName referenced = key.referenced().orElseThrow();
            boolean there = partition.foreignKeys().stream()
                    .anyMatch(k -> k.columns().equals(key.columns())
                            && k.referenced().equals(key.referenced())
                            && k.validated());
            impact.lock(referenced, there ? LockMode.ACCESS_EXCLUSIVE : LockMode.SHARE_ROW_EXCLUSIVE);
            if (!there) {
                impact.scan(partition);
                schema.table(referenced).ifPresent(impact::scan);
            }
        }
    }

    void detach(KnownTable parent, Node command) {
        QualifiedName partition = schema.name(command.get("name"));
        boolean concurrently = command.flag("concurrent");
        impact.lock(parent.name(), concurrently ? LockMode.SHARE_UPDATE_EXCLUSIVE : LockMode.ACCESS_EXCLUSIVE);
        impact.lock(partition, LockMode.ACCESS_EXCLUSIVE);
        if (concurrently) {
            impact.outsideTransactions();
        }
        for (KnownTable child : schema.childrenOf(parent.name())) {
            if (child.bound().filter(KnownTable.PartitionBound::isDefault).isPresent()) {
                if (concurrently) {
                    impact.fails("a partition cannot be detached CONCURRENTLY while there is a default partition");
                }
                impact.lock(child.name(), LockMode.ACCESS_EXCLUSIVE);
            }
        }
        for (KnownSchema.IncomingKey key : schema.keysTo(parent.name())) {
            impact.lock(key.table().name(), LockMode.ACCESS_EXCLUSIVE);
            impact.scan(key.table());
        }
    }
}
