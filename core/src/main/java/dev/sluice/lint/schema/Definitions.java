package dev.sluice.lint.schema;

import dev.sluice.sql.Node;
import dev.sluice.sql.QualifiedName;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Takes each statement that defines something into a {@link KnownSchema}. */
final class Definitions {

    private final KnownSchema schema;
    private final TableDefinitions tables;

    Definitions(KnownSchema schema) {
        this.schema = schema;
        this.tables = new TableDefinitions(schema);
    }

    void apply(Node node) {
        switch (node.type()) {
            case "CreateStmt" -> tables.create(node);
            case "CreateTableAsStmt" -> tables.createAs(node);
            case "SelectStmt" -> node.find("intoClause").ifPresent(into -> tables.filledFrom(into.get("rel"), node));
            case "ViewStmt" -> {
                tables.view(node.get("view"), KnownTable.Kind.VIEW, node.get("query"));
                schema.table(node.get("view")).ifPresent(view -> view.viewColumns = Expressions.viewColumns(node));
            }
            case "AlterTableStmt" -> alter(node);
            case "IndexStmt" -> tables.index(node);
            case "RenameStmt" -> new Renames(schema).rename(node);
            case "AlterObjectSchemaStmt" -> new Renames(schema).move(node);
            case "DropStmt" -> new Drops(schema).drop(node);
            case "CreateTrigStmt" -> trigger(node);
            case "CreateSeqStmt" -> schema.sequences.put(schema.made(node.get("sequence")), Optional.empty());
            case "AlterSeqStmt" -> ownedBy(node);
            case "CreateEnumStmt" -> type(node.strings("typeName"), KnownType.Kind.ENUM);
            case "CompositeTypeStmt" -> composite(node);
            case "AlterEnumStmt" -> label(node);
            case "CreateRangeStmt", "DefineStmt" -> type(node.strings("typeName"), KnownType.Kind.OTHER);
            case "CreateDomainStmt" -> domain(node);
            case "AlterDomainStmt" -> alterDomain(node);
            case "CreateFunctionStmt" -> function(node);
            case "InsertStmt", "CopyStmt" -> filled(node.get("relation"));
            case "TruncateStmt" -> {}
            case "VariableSetStmt" -> set(node);
            default -> {}
        }
    }

    private void alter(Node node) {
        if (node.text("objtype").equals("OBJECT_INDEX")) {
            attachIndex(node);
            return;
        }
        schema.table(node.get("relation")).ifPresent(table -> {
            TableChanges changes = new TableChanges(schema, table, tables);
            node.list("cmds").forEach(changes::apply);
        });
    }

    private void attachIndex(Node node) {
        Optional<KnownIndex> parent = schema.index(node.get("relation"));
        for (Node command : node.list("cmds")) {
            if (command.text("subtype").equals("AT_AttachPartition") && parent.isPresent()) {
                schema.index(command.get("def").get("name"))
                        .ifPresent(part -> schema.indexes.put(
                                part.name(), part.under(parent.get().name())));
            }
        }
    }

    private void trigger(Node node) {
        schema.table(node.get("relation")).ifPresent(table -> {
            String name = node.text("trigname");
            table.triggers.add(name);
            table.triggersOfColumns.put(name, Set.copyOf(node.strings("columns")));
        });
    }

    private void ownedBy(Node node) {
        for (Node option : node.list("options")) {
            if (option.text("defname").equals("owned_by")) {
                schema.sequence(node.get("sequence")).ifPresent(sequence -> {
                    List<String> parts = option.get("arg").strings("items");
                    schema.sequences.put(
                            sequence,
                            parts.size() < 2
                                    ? Optional.empty()
                                    : schema.resolve(
                                            parts.size() > 2 ? parts.get(parts.size() - 3) : "",
                                            parts.get(parts.size() - 2),
                                            schema.tables));
                });
            }
        }
    }

    private void type(List<String> name, KnownType.Kind kind) {
        if (!name.isEmpty()) {
            schema.types.put(qualified(name), new KnownType(kind, Optional.empty(), false, false));
            schema.newTypes.add(qualified(name));
        }
    }

    private void label(Node node) {
        List<String> name = node.strings("typeName");
        schema.resolve(name.size() > 1 ? name.get(0) : "", name.get(name.size() - 1), schema.types)
                .filter(type -> !node.has("oldVal"))
                .ifPresent(type -> schema.newLabels.put(node.text("newVal"), type));
    }

    private void composite(Node node) {
        Node relation = node.get("typevar");
        QualifiedName name = schema.made(relation);
        schema.types.put(name, new KnownType(KnownType.Kind.COMPOSITE, Optional.empty(), false, false));
        schema.tables.put(name, new KnownTable(name, KnownTable.Kind.COMPOSITE_TYPE, false));
    }

    private void domain(Node node) {
        List<Node> constraints = node.list("constraints");
        schema.types.put(
                qualified(node.strings("domainname")),
                new KnownType(
                        KnownType.Kind.DOMAIN,
                        Optional.of(ColumnType.of(node.get("typeName"))),
                        constraints.stream()
                                .anyMatch(c ->
                                        Set.of("CONSTR_CHECK", "CONSTR_NOTNULL").contains(c.text("contype"))),
                        constraints.stream().anyMatch(c -> c.text("contype").equals("CONSTR_DEFAULT"))));
    }

    private void alterDomain(Node node) {
        List<String> name = node.strings("typeName");
        boolean constrains = Set.of("C", "O").contains(node.text("subtype"));
        schema.resolve(name.size() > 1 ? name.get(0) : "", name.get(name.size() - 1), schema.types)
                .ifPresent(found -> schema.types.computeIfPresent(
                        found,
                        (n, type) -> new KnownType(
                                type.kind(), type.base(), type.constrained() || constrains, type.hasDefault())));
    }

    private void function(Node node) {
        KnownFunction.Volatility volatility = KnownFunction.Volatility.VOLATILE;
        String language = node.has("sql_body") ? "sql" : "";
        String body = "";
        for (Node option : node.list("options")) {
            Node value = option.get("arg");
            switch (option.text("defname")) {
                case "volatility" ->
                    volatility = KnownFunction.Volatility.valueOf(value.string().toUpperCase(Locale.ROOT));
                case "language" -> language = value.string();
                case "as" -> body = String.join("\n", value.strings("items"));
                default -> {}
            }
        }
        schema.functions.put(qualified(node.strings("funcname")), new KnownFunction(volatility, language, body));
    }

    private void filled(Node relation) {
        schema.table(relation).ifPresent(table -> schema.family(table).forEach(t -> t.mayHaveRows = true));
    }

    private void set(Node node) {
        String name = node.text("name").toLowerCase(Locale.ROOT);
        List<String> values = new ArrayList<>();
        for (Node argument : node.list("args")) {
            Node text = argument.get("sval");
            values.add(
                    text.has("sval")
                            ? text.text("sval")
                            : String.valueOf(argument.get("ival").number("ival")));
        }
        if (node.flag("is_local")) {
            schema.beforeLocal.putIfAbsent(name, Optional.ofNullable(schema.settingValues.get(name)));
        }
        setting(name, node.text("kind").equals("VAR_SET_VALUE") ? Optional.of(values) : Optional.empty());
    }

    /** @param values empty for the server's own */
    void setting(String name, Optional<List<String>> values) {
        values.ifPresentOrElse(v -> schema.settingValues.put(name, v), () -> schema.settingValues.remove(name));
        if (name.equals("search_path")) {
            List<String> path = values.orElse(List.of()).stream()
                    .filter(s -> !s.equals("$user") && !s.isEmpty())
                    .toList();
            schema.searchPath = path.isEmpty() ? List.of("public") : path;
        }
    }

    private QualifiedName qualified(List<String> parts) {
        return QualifiedName.of(
                parts.size() > 1 ? parts.get(parts.size() - 2) : schema.searchPath.get(0), parts.get(parts.size() - 1));
    }
}
