package dev.sluice.lint.schema;

import dev.sluice.lint.schema.KnownConstraint.Kind;
import dev.sluice.sql.Identifier;
import dev.sluice.sql.Node;
import dev.sluice.sql.QualifiedName;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Tables, their parts, views and indexes, as CREATE makes them. */
final class TableDefinitions {

    private final KnownSchema schema;

    TableDefinitions(KnownSchema schema) {
        this.schema = schema;
    }

    void create(Node node) {
        QualifiedName name = schema.made(node.get("relation"));
        if (schema.tables.containsKey(name)) {
            return; // IF NOT EXISTS, or an error
        }
        boolean temporary = node.get("relation").text("relpersistence").equals("t");
        KnownTable table = new KnownTable(
                name, node.has("partspec") ? KnownTable.Kind.PARTITIONED : KnownTable.Kind.TABLE, temporary);
        schema.tables.put(name, table);
        table.unlogged = node.get("relation").text("relpersistence").equals("u");
        if (!node.text("accessMethod").isEmpty()) {
            table.accessMethod = node.text("accessMethod");
        }
        node.find("partspec").ifPresent(spec -> {
            table.partitionKey =
                    spec.list("partParams").stream().map(p -> p.text("name")).toList();
            table.partitionStrategy = switch (spec.text("strategy")) {
                case "PARTITION_STRATEGY_LIST" -> 'l';
                case "PARTITION_STRATEGY_HASH" -> 'h';
                default -> 'r';
            };
        });
        node.find("ofTypename").ifPresent(type -> table.ofType = schema.typeName(ColumnType.of(type)));
        for (Node parent : node.list("inhRelations")) {
            schema.table(parent).ifPresentOrElse(p -> inherit(table, p), () -> table.columnsKnown = false);
        }
        for (Node element : node.list("tableElts")) {
            switch (element.type()) {
                case "ColumnDef" -> column(table, element);
                case "Constraint" -> constraint(table, element, true);
                case "TableLikeClause" -> like(table, element);
                default -> {}
            }
        }
        if (node.has("partbound")) {
            table.bound = Optional.of(new KnownTable.PartitionBound(node.get("partbound")));
            table.parents.forEach(parent -> partitionIndexes(parent, table));
        }
    }

    /** Columns and constraints of a parent. */
    void inherit(KnownTable table, KnownTable parent) {
        schema.inherit(table, parent);
        parent.columns.values().forEach(c -> table.columns.putIfAbsent(c.name(), c));
        parent.constraints.values().stream()
                .filter(c -> c.kind() == Kind.CHECK || parent.isPartitioned() && c.isForeignKey())
                .forEach(c -> table.constraints.put(
                        c.name(),
                        new KnownConstraint(
                                c.name(),
                                c.kind(),
                                c.columns(),
                                c.expression(),
                                c.referenced(),
                                c.referencedColumns(),
                                c.validated(),
                                c.enforced(),
                                true)));
    }

    /** A partition gets an index for each of its parent's, unless it has a like one already. */
    void partitionIndexes(QualifiedName parent, KnownTable table) {
        for (KnownIndex index : schema.indexesOf(parent)) {
            Optional<KnownIndex> same = likeOf(index, table.name);
            if (same.isPresent()) {
                schema.indexes.put(same.get().name(), same.get().under(index.name()));
                continue;
            }
            boolean primary = schema.table(parent).stream()
                    .flatMap(p -> p.constraints().stream())
                    .anyMatch(c -> c.kind() == Kind.PRIMARY_KEY
                            && c.name().equals(index.name().name()));
            String suffix = primary ? "pkey" : String.join("_", index.columns()) + "_idx";
            QualifiedName made = free(table.name.withName(table.name.name() + "_" + suffix));
            schema.indexes.put(made, index.of(made, table.name).under(index.name()));
        }
    }

    Optional<KnownIndex> likeOf(KnownIndex index, QualifiedName table) {
        return schema.indexesOf(table).stream()
                .filter(i -> i.columns().equals(index.columns())
                        && i.unique() == index.unique()
                        && i.alsoReads().equals(index.alsoReads())
                        && i.predicate().isPresent() == index.predicate().isPresent()
                        && i.parent().isEmpty())
                .findFirst();
    }

    private QualifiedName free(QualifiedName wanted) {
        QualifiedName name = wanted;
        for (int i = 1; schema.indexes.containsKey(name) || schema.tables.containsKey(name); i++) {
            name = wanted.withName(wanted.name() + i);
        }
        return name;
    }

    void column(KnownTable table, Node definition) {
        String name = definition.text("colname");
        ColumnType written = ColumnType.of(definition.get("typeName"));
        List<Node> constraints = definition.list("constraints");
        boolean identity = has(constraints, "CONSTR_IDENTITY");
        Optional<Node> generated = constraint(constraints, "CONSTR_GENERATED");
        table.columns.put(
                name,
                new KnownColumn(
                        name,
                        written.withoutSerial(),
                        has(constraints, "CONSTR_NOTNULL")
                                || has(constraints, "CONSTR_PRIMARY")
                                || identity
                                || written.isSerial(),
                        constraint(constraints, "CONSTR_DEFAULT").map(c -> c.get("raw_expr")),
                        generated.map(c -> c.get("raw_expr")),
                        generated
                                .map(c -> !c.text("generated_kind").equals("v"))
                                .orElse(false),
                        identity,
                        definition.find("collClause").map(c -> String.join(".", c.strings("collname")))));
        if (identity || written.isSerial()) {
            QualifiedName sequence = table.name.withName(table.name.name() + "_" + name + "_seq");
            schema.sequences.put(sequence, Optional.of(table.name));
        }
        for (Node constraint : constraints) {
            if (Set.of("CONSTR_CHECK", "CONSTR_FOREIGN", "CONSTR_UNIQUE", "CONSTR_PRIMARY")
                    .contains(constraint.text("contype"))) {
                put(table, constraint, List.of(name), true);
            }
        }
    }

    private static boolean has(List<Node> constraints, String type) {
        return constraint(constraints, type).isPresent();
    }

    private static Optional<Node> constraint(List<Node> constraints, String type) {
        return constraints.stream().filter(c -> c.text("contype").equals(type)).findFirst();
    }

    /** @param whole whether the table is made with it: then there is nothing to check */
    void constraint(KnownTable table, Node constraint, boolean whole) {
        put(table, constraint, List.of(), whole);
    }

    private void put(KnownTable table, Node node, List<String> ofColumn, boolean whole) {
        Kind kind = switch (node.text("contype")) {
            case "CONSTR_CHECK" -> Kind.CHECK;
            case "CONSTR_FOREIGN" -> Kind.FOREIGN_KEY;
            case "CONSTR_UNIQUE" -> Kind.UNIQUE;
            case "CONSTR_PRIMARY" -> Kind.PRIMARY_KEY;
            case "CONSTR_EXCLUSION" -> Kind.EXCLUSION;
            default -> Kind.NOT_NULL;
        };
        Optional<KnownIndex> using = Optional.of(node.text("indexname"))
                .filter(i -> !i.isEmpty())
                .map(table.name::withName)
                .flatMap(schema::index);
        List<String> columns = switch (kind) {
            case CHECK -> List.copyOf(Expressions.columns(node.get("raw_expr")));
            case FOREIGN_KEY -> ofColumn.isEmpty() ? node.strings("fk_attrs") : ofColumn;
            case EXCLUSION ->
                node.list("exclusions").stream()
                        .map(pair -> pair.list("items").get(0).text("name"))
                        .toList();
            default ->
                using.map(KnownIndex::columns).orElseGet(() -> ofColumn.isEmpty() ? node.strings("keys") : ofColumn);
        };
        Optional<QualifiedName> referenced = node.find("pktable").map(schema::name);
        List<String> referencedColumns = node.strings("pk_attrs");
        if (referencedColumns.isEmpty() && referenced.isPresent()) {
            referencedColumns = schema.table(referenced.get()).stream()
                    .flatMap(t -> t.constraints().stream())
                    .filter(c -> c.kind() == Kind.PRIMARY_KEY)
                    .findFirst()
                    .map(KnownConstraint::columns)
                    .orElse(List.of());
        }
        String name = node.text("conname");
        if (name.isEmpty()) {
            name = using.map(i -> i.name().name()).orElseGet(() -> generatedName(table, kind, columns));
        }
        boolean enforced = node.flag("is_enforced") || kind != Kind.CHECK && kind != Kind.FOREIGN_KEY;
        boolean valid = whole || !node.flag("skip_validation");
        table.constraints.put(
                name,
                new KnownConstraint(
                        name,
                        kind,
                        columns,
                        node.find("raw_expr"),
                        referenced,
                        referencedColumns,
                        valid,
                        enforced,
                        false));
        if (kind == Kind.PRIMARY_KEY || kind == Kind.NOT_NULL && valid) {
            if (!table.columnsKnown) {
                columns.forEach(c -> table.columns.computeIfAbsent(c, KnownColumn::unknown));
            }
            columns.forEach(c -> table.columns.computeIfPresent(c, (n, column) -> column.notNull(true)));
        }
        if (kind == Kind.UNIQUE || kind == Kind.PRIMARY_KEY || kind == Kind.EXCLUSION) {
            QualifiedName index = table.name.withName(name);
            using.ifPresent(old -> schema.indexes.remove(old.name()));
            KnownIndex made = using.map(old -> old.of(index, table.name))
                    .orElseGet(() -> new KnownIndex(
                            index,
                            table.name,
                            node.text("access_method").isEmpty() ? "btree" : node.text("access_method"),
                            columns,
                            Set.copyOf(node.strings("including")),
                            Set.of(),
                            Optional.empty(),
                            kind != Kind.EXCLUSION,
                            false,
                            Optional.empty(),
                            kind != Kind.EXCLUSION));
            schema.indexes.put(index, made);
            if (table.isPartitioned()) {
                schema.childrenOf(table.name).forEach(child -> partitionIndexes(table.name, child));
            }
        }
    }

    /** As {@code ChooseConstraintName} and {@code ChooseIndexName} do in the common case. */
    private String generatedName(KnownTable table, Kind kind, List<String> columns) {
        String suffix = switch (kind) {
            case CHECK -> "check";
            case NOT_NULL -> "not_null";
            case FOREIGN_KEY -> "fkey";
            case UNIQUE -> "key";
            case PRIMARY_KEY -> "pkey";
            case EXCLUSION -> "excl";
        };
        String of = kind == Kind.PRIMARY_KEY || kind == Kind.CHECK && columns.size() != 1
                ? ""
                : String.join("_", columns) + "_";
        String wanted = table.name.name() + "_" + of + suffix;
        String name = wanted;
        for (int i = 1; table.constraints.containsKey(name); i++) {
            name = wanted + i;
        }
        return name;
    }

    private void like(KnownTable table, Node like) {
        Optional<KnownTable> source = schema.table(like.get("relation"));
        if (source.isEmpty()) {
            table.columnsKnown = false;
            return;
        }
        source.get().columns.values().forEach(c -> table.columns.put(c.name(), c));
    }

    void createAs(Node node) {
        Node relation = node.get("into").get("rel");
        if (node.text("objtype").equals("OBJECT_MATVIEW")) {
            view(relation, KnownTable.Kind.MATERIALIZED_VIEW, node.get("query"));
            return;
        }
        filledFrom(relation, node.get("query"));
    }

    /** CREATE TABLE AS and SELECT INTO: the columns' types are not read off the query. */
    void filledFrom(Node relation, Node query) {
        QualifiedName name = schema.made(relation);
        KnownTable table = new KnownTable(
                name, KnownTable.Kind.TABLE, relation.text("relpersistence").equals("t"));
        table.columnsKnown = false;
        table.mayHaveRows = true;
        for (Node target : query.list("targetList")) {
            String column = target.text("name").isEmpty()
                    ? Expressions.column(target.get("val")).orElse("")
                    : target.text("name");
            if (!column.isEmpty()) {
                table.columns.put(column, KnownColumn.unknown(column));
            }
        }
        schema.tables.put(name, table);
    }

    void view(Node relation, KnownTable.Kind kind, Node query) {
        QualifiedName name = schema.made(relation);
        KnownTable view =
                new KnownTable(name, kind, relation.text("relpersistence").equals("t"));
        view.mayHaveRows = true;
        view.columnsKnown = false;
        Expressions.relations(query).map(schema::name).forEach(view.reads::add);
        view.readsColumns.addAll(Expressions.columns(query));
        Stars stars = Stars.of(query);
        view.readsAll = stars.ofAnything();
        stars.relations().stream().map(schema::name).forEach(view.readsAllOf::add);
        schema.tables.put(name, view);
    }

    void index(Node node) {
        Optional<KnownTable> found = schema.table(node.get("relation"));
        QualifiedName table = schema.name(node.get("relation"));
        KnownIndex index = read(node, table);
        if (schema.indexes.containsKey(index.name())) {
            return;
        }
        schema.indexes.put(index.name(), index);
        if (found.isPresent()
                && found.get().isPartitioned()
                && node.get("relation").flag("inh")) {
            schema.childrenOf(table).forEach(child -> partitionIndexes(table, child));
        }
    }

    /** The index that a CREATE INDEX makes. */
    KnownIndex read(Node node, QualifiedName table) {
        List<String> columns =
                node.list("indexParams").stream().map(p -> p.text("name")).toList();
        Set<String> computed = new HashSet<>();
        node.list("indexParams").forEach(p -> p.find("expr").ifPresent(e -> computed.addAll(Expressions.columns(e))));
        node.find("whereClause").ifPresent(where -> computed.addAll(Expressions.columns(where)));
        Set<String> also = new HashSet<>(computed);
        node.list("indexIncludingParams").forEach(p -> also.add(p.text("name")));
        String words = String.join(
                "_", columns.stream().map(c -> c.isEmpty() ? "expr" : c).toList());
        QualifiedName name = node.text("idxname").isEmpty()
                ? free(table.withName(Identifier.generated(table.name(), words, "idx")))
                : table.withName(node.text("idxname"));
        return new KnownIndex(
                name,
                table,
                node.text("accessMethod"),
                columns,
                also,
                computed,
                node.find("whereClause"),
                node.flag("unique"),
                columns.contains(""),
                Optional.empty(),
                node.text("accessMethod").equals("btree")
                        && node.list("indexParams").stream().allMatch(KnownIndex::isPlain));
    }
}
