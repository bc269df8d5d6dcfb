package dev.sluice.lab.rows;

import dev.sluice.catalog.Catalog;
import dev.sluice.catalog.Column;
import dev.sluice.catalog.Index;
import dev.sluice.catalog.Table;
import dev.sluice.catalog.View;
import dev.sluice.parser.PgParser;
import dev.sluice.sql.Identifier;
import dev.sluice.sql.Node;
import dev.sluice.sql.QualifiedName;
import dev.sluice.sql.Script;
import dev.sluice.sql.SourceText;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A table, or a view over one table whose columns PostgreSQL can write through.
 *
 * @param names per column of the table what the relation calls it; columns that a view leaves out are not here
 */
record WritableRelation(QualifiedName name, Table table, Map<String, String> names) {

    WritableRelation {
        names = Map.copyOf(names);
    }

    static Optional<WritableRelation> of(Catalog catalog, QualifiedName name) {
        Optional<Table> table = catalog.table(name);
        if (table.isPresent()) {
            return table.filter(t -> t.kind() != Table.Kind.FOREIGN).map(WritableRelation::ofTable);
        }
        return catalog.view(name).filter(v -> v.kind() == View.Kind.VIEW).flatMap(v -> ofView(catalog, v));
    }

    private static WritableRelation ofTable(Table table) {
        Map<String, String> names = new LinkedHashMap<>();
        table.userColumns().forEach(c -> names.put(c.name(), c.name()));
        return new WritableRelation(table.name(), table, names);
    }

    /** PostgreSQL documentation, "Updatable Views": one relation, nothing but a condition. */
    private static Optional<WritableRelation> ofView(Catalog catalog, View view) {
        Node select;
        try (PgParser parser = new PgParser()) {
            Script script = Script.parse(parser, new SourceText(view.name().quoted(), view.definition()));
            select = script.statements().get(0).node();
        }
        boolean simple = select.is("SelectStmt")
                && select.list("fromClause").size() == 1
                && select.list("fromClause").get(0).is("RangeVar")
                && List.of(
                                "distinctClause",
                                "groupClause",
                                "havingClause",
                                "windowClause",
                                "withClause",
                                "limitCount",
                                "limitOffset",
                                "valuesLists")
                        .stream()
                        .noneMatch(select::has)
                && !List.of("SETOP_UNION", "SETOP_INTERSECT", "SETOP_EXCEPT").contains(select.text("op"));
        if (!simple) {
            return Optional.empty();
        }
        Node from = select.list("fromClause").get(0);
        QualifiedName source = QualifiedName.of(from.text("schemaname"), from.text("relname"));
        return of(catalog, source).map(below -> {
            Map<String, String> names = new LinkedHashMap<>();
            for (Node target : select.list("targetList")) {
                Node value = target.get("val");
                if (value.is("ColumnRef")) {
                    List<String> path = value.strings("fields");
                    String column = path.get(path.size() - 1);
                    String shown = target.text("name").isEmpty() ? column : target.text("name");
                    below.names().forEach((ofTable, ofSource) -> {
                        if (ofSource.equals(column)) {
                            names.putIfAbsent(ofTable, shown);
                        }
                    });
                }
            }
            return new WritableRelation(view.name(), below.table(), names);
        });
    }

    boolean has(String column) {
        return names.containsKey(column);
    }

    /** A column of the table as the relation calls it, quoted. */
    String quoted(String column) {
        return Identifier.quote(Optional.ofNullable(names.get(column)).orElseThrow());
    }

    String quoted(Collection<String> columns) {
        return String.join(", ", columns.stream().map(this::quoted).toList());
    }

    /** The columns that it has, in the table's order. */
    List<Column> columns() {
        return table.userColumns().stream().filter(c -> has(c.name())).toList();
    }

    /** The unique indexes that say which row is meant: whole, of plain columns, all visible; the primary key first. */
    List<Index> keys() {
        return table.indexes().stream()
                .filter(i -> i.unique()
                        && i.method().equals("btree") // one of temporal keys is GiST, and no target of ON CONFLICT
                        && i.valid()
                        && i.immediate()
                        && i.predicate().isEmpty()
                        && !i.hasExpressionKeys())
                .filter(i -> i.keyColumns().stream().allMatch(this::has))
                .sorted(java.util.Comparator.comparing(Index::primary).reversed())
                .toList();
    }
}
