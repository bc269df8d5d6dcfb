package dev.sluice.lint.schema;

import dev.sluice.sql.Node;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** What ALTER TABLE does to a table, and to its partitions or inheriting tables. */
final class TableChanges {

    private final KnownSchema schema;
    private final KnownTable table;
    private final TableDefinitions definitions;

    TableChanges(KnownSchema schema, KnownTable table, TableDefinitions definitions) {
        this.schema = schema;
        this.table = table;
        this.definitions = definitions;
    }

    void apply(Node command) {
        String name = command.text("name");
        Node definition = command.get("def");
        switch (command.text("subtype")) {
            case "AT_AddColumn" ->
                schema.family(table).forEach(t -> {
                    if (!t.columns.containsKey(definition.text("colname"))) {
                        definitions.column(t, definition);
                    }
                });
            case "AT_DropColumn" -> schema.family(table).forEach(t -> new Drops(schema).column(t, name));
            case "AT_AlterColumnType" ->
                column(
                        name,
                        c -> c.of(
                                ColumnType.of(definition.get("typeName")),
                                definition
                                        .find("collClause")
                                        .map(clause -> String.join(".", clause.strings("collname")))));
            case "AT_SetNotNull" -> column(name, c -> c.notNull(true));
            case "AT_DropNotNull" -> column(name, c -> c.notNull(false));
            case "AT_ColumnDefault" -> column(name, c -> c.defaulting(command.find("def")));
            case "AT_AddIdentity" -> {
                column(name, c -> c.identity(true));
                schema.sequences.put(
                        table.name.withName(table.name.name() + "_" + name + "_seq"), Optional.of(table.name));
            }
            case "AT_DropIdentity" -> column(name, c -> c.identity(false));
            case "AT_SetExpression" -> column(name, c -> c.generatedAs(Optional.of(definition)));
            case "AT_DropExpression" -> column(name, c -> c.generatedAs(Optional.empty()));
            case "AT_AddConstraint" -> addConstraint(definition);
            case "AT_DropConstraint" -> schema.family(table).forEach(t -> new Drops(schema).constraint(t, name));
            case "AT_ValidateConstraint" -> validate(name);
            case "AT_AlterConstraint" -> {
                if (definition.flag("is_enforced")) {
                    validate(definition.text("conname"));
                }
            }
            case "AT_AttachPartition" -> attach(definition);
            case "AT_DetachPartition", "AT_DetachPartitionFinalize" ->
                schema.table(definition.get("name")).ifPresent(this::detach);
            case "AT_AddInherit" -> schema.table(definition).ifPresent(parent -> schema.inherit(table, parent));
            case "AT_DropInherit" -> schema.table(definition).ifPresent(parent -> table.parents.remove(parent.name));
            case "AT_SetLogged" -> table.unlogged = false;
            case "AT_SetUnLogged" -> table.unlogged = true;
            case "AT_SetAccessMethod" -> table.accessMethod = name;
            default -> {}
        }
    }

    private void column(String name, UnaryOperator<KnownColumn> change) {
        for (KnownTable t : schema.family(table)) {
            if (!t.columnsKnown) {
                t.columns.computeIfAbsent(name, KnownColumn::unknown);
            }
            t.columns.computeIfPresent(name, (n, column) -> change.apply(column));
        }
    }

    private void addConstraint(Node constraint) {
        boolean inherited = constraint.text("contype").equals("CONSTR_CHECK") && !constraint.flag("is_no_inherit")
                || constraint.text("contype").equals("CONSTR_NOTNULL")
                || table.isPartitioned() && constraint.text("contype").equals("CONSTR_FOREIGN");
        definitions.constraint(table, constraint, false);
        if (inherited) {
            schema.family(table).stream().skip(1).forEach(t -> definitions.constraint(t, constraint, false));
        }
    }

    private void validate(String name) {
        for (KnownTable t : schema.family(table)) {
            t.constraints.computeIfPresent(name, (n, constraint) -> {
                if (constraint.kind() == KnownConstraint.Kind.NOT_NULL) {
                    constraint.columns().forEach(c -> t.columns.computeIfPresent(c, (k, col) -> col.notNull(true)));
                }
                return constraint.valid();
            });
        }
    }

    private void attach(Node command) {
        schema.table(command.get("name")).ifPresent(partition -> {
            schema.inherit(partition, table);
            partition.bound = command.find("bound").map(KnownTable.PartitionBound::new);
            definitions.partitionIndexes(table.name, partition);
        });
    }

    private void detach(KnownTable partition) {
        partition.parents.remove(table.name);
        partition.bound = Optional.empty();
        for (KnownIndex index : schema.indexesOf(partition.name)) {
            schema.indexes.put(index.name(), index.under(Optional.empty()));
        }
    }
}
