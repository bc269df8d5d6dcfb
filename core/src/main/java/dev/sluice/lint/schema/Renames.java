package dev.sluice.lint.schema;

import dev.sluice.sql.Node;
import dev.sluice.sql.QualifiedName;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** New names and new schemas for what is known. */
final class Renames {

    private final KnownSchema schema;

    Renames(KnownSchema schema) {
        this.schema = schema;
    }

    void rename(Node node) {
        String to = node.text("newname");
        Node relation = node.get("relation");
        switch (node.text("renameType")) {
            case "OBJECT_TABLE", "OBJECT_VIEW", "OBJECT_MATVIEW", "OBJECT_FOREIGN_TABLE", "OBJECT_INDEX" -> {
                schema.table(relation).ifPresent(t -> table(t, t.name.withName(to)));
                schema.index(relation).ifPresent(i -> index(i, i.name().withName(to)));
            }
            case "OBJECT_SEQUENCE" ->
                schema.sequence(relation).ifPresent(s -> key(schema.sequences, s, s.withName(to)));
            case "OBJECT_COLUMN" ->
                schema.table(relation)
                        .ifPresent(t -> schema.family(t).forEach(member -> column(member, node.text("subname"), to)));
            case "OBJECT_TABCONSTRAINT" ->
                schema.table(relation).ifPresent(t -> constraint(t, node.text("subname"), to));
            case "OBJECT_TYPE", "OBJECT_DOMAIN" -> {
                List<String> name = node.get("object").nameParts();
                schema.resolve(name.size() > 1 ? name.get(0) : "", name.get(name.size() - 1), schema.types)
                        .ifPresent(n -> key(schema.types, n, n.withName(to)));
            }
            case "OBJECT_SCHEMA" -> schemaName(node.text("subname"), to);
            default -> {}
        }
    }

    void move(Node node) {
        String to = node.text("newschema");
        schema.table(node.get("relation")).ifPresent(t -> {
            for (KnownIndex index : schema.indexesOf(t.name)) {
                index(index, QualifiedName.of(to, index.name().name()));
            }
            table(t, QualifiedName.of(to, t.name.name()));
        });
    }

    private void schemaName(String from, String to) {
        for (KnownTable table : List.copyOf(schema.tables.values())) {
            if (table.name.schema().equals(from)) {
                table(table, QualifiedName.of(to, table.name.name()));
            }
        }
        for (KnownIndex index : List.copyOf(schema.indexes.values())) {
            if (index.name().schema().equals(from)) {
                index(index, QualifiedName.of(to, index.name().name()));
            }
        }
    }

    private void table(KnownTable table, QualifiedName to) {
        QualifiedName from = table.name;
        key(schema.tables, from, to);
        table.name = to;
        for (KnownIndex index : schema.indexesOf(from)) {
            schema.indexes.put(index.name(), index.of(index.name(), to));
        }
        schema.sequences.replaceAll((s, owner) -> owner.equals(Optional.of(from)) ? Optional.of(to) : owner);
        for (KnownTable other : schema.tables.values()) {
            other.parents.replaceAll(parent -> parent.equals(from) ? to : parent);
            if (other.reads.remove(from)) {
                other.reads.add(to);
            }
            if (other.readsAllOf.remove(from)) {
                other.readsAllOf.add(to);
            }
            other.constraints.replaceAll((n, c) -> c.referenced().equals(Optional.of(from)) ? c.pointingAt(to) : c);
        }
    }

    private void index(KnownIndex index, QualifiedName to) {
        key(schema.indexes, index.name(), to);
        schema.indexes.put(to, index.of(to, index.table()));
        schema.table(index.table())
                .filter(t -> t.constraint(index.name().name())
                        .filter(KnownConstraint::hasIndex)
                        .isPresent())
                .ifPresent(t -> replace(t, index.name().name(), to.name()));
    }

    private void column(KnownTable table, String from, String to) {
        Map<String, KnownColumn> renamed = new LinkedHashMap<>();
        table.columns.forEach((n, c) -> renamed.put(n.equals(from) ? to : n, n.equals(from) ? c.named(to) : c));
        table.columns.clear();
        table.columns.putAll(renamed);
        table.constraints.replaceAll((n, c) -> c.renamedColumn(from, to));
        for (KnownIndex i : schema.indexesOf(table.name)) {
            schema.indexes.put(
                    i.name(),
                    new KnownIndex(
                            i.name(),
                            i.table(),
                            i.method(),
                            i.columns().stream()
                                    .map(c -> c.equals(from) ? to : c)
                                    .toList(),
                            renamed(i.alsoReads(), from, to),
                            renamed(i.computed(), from, to),
                            i.predicate(),
                            i.unique(),
                            i.hasExpressions(),
                            i.parent(),
                            i.plain()));
        }
    }

    private static Set<String> renamed(Set<String> columns, String from, String to) {
        Set<String> names = new TreeSet<>(columns);
        if (names.remove(from)) {
            names.add(to);
        }
        return names;
    }

    private void constraint(KnownTable table, String from, String to) {
        if (table.constraint(from).filter(KnownConstraint::hasIndex).isPresent()) {
            schema.index(table.name.withName(from)).ifPresent(i -> index(i, table.name.withName(to)));
        } else {
            replace(table, from, to);
        }
    }

    private static void replace(KnownTable table, String from, String to) {
        Optional.ofNullable(table.constraints.remove(from)).ifPresent(c -> table.constraints.put(to, c.named(to)));
    }

    private static <T> void key(Map<QualifiedName, T> things, QualifiedName from, QualifiedName to) {
        T thing = things.remove(from);
        if (thing != null) {
            things.put(to, thing);
        }
    }
}
