package dev.sluice.lint.schema;

import dev.sluice.sql.Node;
import dev.sluice.sql.QualifiedName;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What DROP takes away, and what goes with it. */
final class Drops {

    private final KnownSchema schema;

    Drops(KnownSchema schema) {
        this.schema = schema;
    }

    void drop(Node node) {
        for (Node object : node.list("objects")) {
            List<String> name = object.nameParts();
            switch (node.text("removeType")) {
                case "OBJECT_TABLE", "OBJECT_VIEW", "OBJECT_MATVIEW", "OBJECT_FOREIGN_TABLE" ->
                    find(name, schema.tables).ifPresent(this::table);
                case "OBJECT_INDEX" -> find(name, schema.indexes).ifPresent(this::index);
                case "OBJECT_SEQUENCE" -> find(name, schema.sequences).ifPresent(schema.sequences::remove);
                case "OBJECT_TYPE", "OBJECT_DOMAIN" -> find(name, schema.types).ifPresent(this::type);
                case "OBJECT_FUNCTION", "OBJECT_PROCEDURE", "OBJECT_ROUTINE" ->
                    find(name, schema.functions).ifPresent(schema.functions::remove);
                case "OBJECT_SCHEMA" -> inSchema(name.get(0));
                case "OBJECT_TRIGGER" -> trigger(name);
                default -> {}
            }
        }
    }

    private <T> Optional<QualifiedName> find(List<String> name, Map<QualifiedName, T> things) {
        return schema.resolve(name.size() > 1 ? name.get(name.size() - 2) : "", name.get(name.size() - 1), things);
    }

    private void trigger(List<String> name) {
        find(name.subList(0, name.size() - 1), schema.tables)
                .map(schema.tables::get)
                .ifPresent(t -> {
                    t.triggers.remove(name.get(name.size() - 1));
                    t.triggersOfColumns.remove(name.get(name.size() - 1));
                });
    }

    void table(QualifiedName name) {
        for (KnownTable child : schema.childrenOf(name)) {
            child.parents.remove(name);
            if (child.bound.isPresent()) {
                table(child.name);
            }
        }
        schema.readersOf(name).forEach(view -> table(view.name));
        schema.tables.remove(name);
        schema.indexesOf(name).forEach(i -> schema.indexes.remove(i.name()));
        schema.sequences.values().removeIf(owner -> owner.equals(Optional.of(name)));
        schema.tables
                .values()
                .forEach(
                        t -> t.constraints.values().removeIf(c -> c.referenced().equals(Optional.of(name))));
    }

    private void index(QualifiedName name) {
        schema.index(name).ifPresent(index -> schema.partsOf(index).forEach(part -> index(part.name())));
        schema.indexes.remove(name);
    }

    private void type(QualifiedName name) {
        for (KnownTable table : schema.tablesWith(name)) {
            table.columns.values().removeIf(c -> schema.typeName(c.type()).equals(Optional.of(name)));
        }
        schema.types.remove(name);
        Optional.ofNullable(schema.tables.get(name))
                .filter(t -> t.kind == KnownTable.Kind.COMPOSITE_TYPE)
                .ifPresent(t -> schema.tables.remove(name));
    }

    private void inSchema(String dropped) {
        schema.tables.keySet().stream()
                .filter(n -> n.schema().equals(dropped))
                .toList()
                .forEach(this::table);
        schema.types.keySet().removeIf(n -> n.schema().equals(dropped));
        schema.sequences.keySet().removeIf(n -> n.schema().equals(dropped));
        schema.functions.keySet().removeIf(n -> n.schema().equals(dropped));
    }

    void column(KnownTable table, String column) {
        table.columns.remove(column);
        table.constraints.values().removeIf(c -> c.columns().contains(column));
        schema.indexesOf(table.name).stream().filter(i -> i.uses(column)).forEach(i -> schema.indexes.remove(i.name()));
    }

    void constraint(KnownTable table, String name) {
        Optional.ofNullable(table.constraints.remove(name)).ifPresent(constraint -> {
            if (constraint.hasIndex()) {
                index(table.name.withName(name));
            }
            if (constraint.kind() == KnownConstraint.Kind.NOT_NULL) {
                constraint
                        .columns()
                        .forEach(c -> table.columns.computeIfPresent(c, (n, column) -> column.notNull(false)));
            }
        });
    }
}
