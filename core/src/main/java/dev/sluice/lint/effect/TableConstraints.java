package dev.sluice.lint.effect;

import static dev.sluice.plan.LockMode.ACCESS_EXCLUSIVE;
import static dev.sluice.plan.LockMode.SHARE_ROW_EXCLUSIVE;

import dev.sluice.lint.schema.KnownColumn;
import dev.sluice.lint.schema.KnownConstraint;
import dev.sluice.lint.schema.KnownIndex;
import dev.sluice.lint.schema.KnownSchema;
import dev.sluice.lint.schema.KnownTable;
import dev.sluice.plan.LockMode;
import dev.sluice.sql.Node;
import dev.sluice.sql.QualifiedName;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What ALTER TABLE does to constraints: those that are added, dropped, validated, altered. */
final class TableConstraints {

    private final KnownSchema schema;
    private final int version;
    private final Impact impact;

    TableConstraints(KnownSchema schema, int version, Impact impact) {
        this.schema = schema;
        this.version = version;
        this.impact = impact;
    }

    void foreignKey(Node constraint, List<KnownTable> members, boolean checked) {
        QualifiedName referenced = schema.name(constraint.get("pktable"));
        Optional<KnownTable> other = schema.table(referenced);
        List<KnownTable> others = other.map(schema::family).orElse(List.of());
        impact.lock(referenced, SHARE_ROW_EXCLUSIVE);
        others.stream().filter(t -> t.bound().isPresent()).forEach(t -> impact.lock(t.name(), SHARE_ROW_EXCLUSIVE));
        if (checked && members.stream().anyMatch(m -> m.holdsRows() && m.mayHaveRows())) {
            members.forEach(impact::scan);
            others.forEach(impact::scan);
        }
    }

    /** Those that go with a column. */
    void dropColumn(List<KnownTable> members, String name) {
        for (KnownTable member : members) {
            for (KnownConstraint constraint : member.constraints()) {
                if (constraint.columns().contains(name)) {
                    dropped(member, constraint);
                }
            }
        }
    }

    void drop(KnownTable table, String name) {
        table.constraint(name).ifPresent(constraint -> dropped(table, constraint));
    }

    /** A foreign key is a thing of both tables; a key may take those that rest on it along. */
    private void dropped(KnownTable table, KnownConstraint constraint) {
        constraint.referenced().ifPresent(other -> impact.lock(other, ACCESS_EXCLUSIVE));
        if (constraint.hasIndex()) {
            for (KnownSchema.IncomingKey key : schema.keysTo(table.name())) {
                if (Set.copyOf(key.key().referencedColumns()).equals(Set.copyOf(constraint.columns()))) {
                    impact.lock(key.table().name(), ACCESS_EXCLUSIVE);
                }
            }
        }
    }

    void add(KnownTable table, List<KnownTable> members, Node node, Set<String> dropped) {
        boolean unchecked = node.flag("skip_validation"); // NOT ENFORCED has it, too
        switch (node.text("contype")) {
            case "CONSTR_CHECK", "CONSTR_NOTNULL" -> {
                if (!unchecked) {
                    members.stream()
                            .filter(m -> !node.text("contype").equals("CONSTR_NOTNULL")
                                    || node.strings("keys").stream()
                                            .anyMatch(c -> !m.column(c)
                                                            .filter(KnownColumn::notNull)
                                                            .isPresent()
                                                    && !NotNullProof.holds(m, c, dropped)))
                            .forEach(impact::scan);
                }
            }
            case "CONSTR_FOREIGN" -> {
                if (table.isPartitioned() && node.flag("skip_validation") && version < 18) {
                    impact.fails("PostgreSQL " + version + " has no NOT VALID foreign keys of partitioned tables");
                    return;
                }
                foreignKey(node, members, !unchecked);
            }
            case "CONSTR_UNIQUE", "CONSTR_PRIMARY", "CONSTR_EXCLUSION" -> key(table, node, dropped);
            default -> {}
        }
    }

    private void key(KnownTable table, Node node, Set<String> dropped) {
        boolean primary = node.text("contype").equals("CONSTR_PRIMARY");
        String using = node.text("indexname");
        List<String> columns = using.isEmpty()
                ? node.strings("keys")
                : schema.index(table.name().withName(using))
                        .map(KnownIndex::columns)
                        .orElse(List.of());
        List<KnownTable> members = schema.family(table);
        if (using.isEmpty()) {
            for (KnownTable member : members) {
                if (member != table) {
                    impact.lock(member.name(), version >= 18 ? ACCESS_EXCLUSIVE : LockMode.SHARE);
                }
                impact.buildIndex(member);
            }
        } else if (columns.isEmpty()) {
            impact.doubt("whether the columns of the index " + using + " can be NULL");
        }
        boolean nullable = primary
                && columns.stream()
                        .anyMatch(c ->
                                !table.column(c).filter(KnownColumn::notNull).isPresent()
                                        && !NotNullProof.holds(table, c, dropped));
        if (nullable) {
            members.forEach(impact::scan);
        }
    }

    void validate(KnownTable table, String name) {
        Optional<KnownConstraint> constraint = table.constraint(name);
        if (constraint.isEmpty()) {
            impact.doubt("what the constraint " + name + " is");
            return;
        }
        if (constraint.get().validated()) {
            return;
        }
        impact.scan(table);
        constraint.get().referenced().ifPresent(other -> {
            impact.lock(other, LockMode.ROW_SHARE);
            schema.table(other).ifPresent(impact::scan);
        });
    }

    void alter(KnownTable table, Node node) {
        boolean enforced = node.flag("alterEnforceability") && node.flag("is_enforced");
        table.constraint(node.text("conname"))
                .filter(c -> enforced && !c.enforced())
                .ifPresent(c -> c.referenced().ifPresent(other -> {
                    impact.lock(other, SHARE_ROW_EXCLUSIVE);
                    impact.scan(table);
                    schema.table(other).ifPresent(impact::scan);
                }));
    }
}
