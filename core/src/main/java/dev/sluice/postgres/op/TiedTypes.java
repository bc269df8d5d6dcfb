package dev.sluice.postgres.op;

import static java.util.Objects.requireNonNull;

import dev.sluice.catalog.Column;
import dev.sluice.catalog.Table;
import dev.sluice.planner.Draft;
import dev.sluice.sql.QualifiedName;
import java.util.List;
import java.util.stream.Stream;

/** Whether the type of a column changes together with that at the other end of a foreign key. */
record TiedTypes(Draft draft, Table table, Column column) {

    TiedTypes {
        requireNonNull(draft);
        requireNonNull(table);
        requireNonNull(column);
    }

    /** Whether a foreign key ties it to a column whose type the script changes too: then both change at one moment. */
    boolean toAnotherTable() {
        Stream<Boolean> out = table.foreignKeys().stream()
                .filter(key -> key.columns().contains(column.name()))
                .map(key -> key.foreignKey().orElseThrow())
                .filter(key -> !key.table().equals(table.name()))
                .map(key -> changesTypeOf(key.table(), key.columns()));
        Stream<Boolean> in = draft.catalog().foreignKeysTo(table.name()).stream()
                .filter(i -> !i.table().name().equals(table.name()))
                .filter(i -> i.constraint().foreignKey().orElseThrow().columns().contains(column.name()))
                .map(i -> changesTypeOf(i.table().name(), i.constraint().columns()));
        return Stream.concat(out, in).anyMatch(changes -> changes);
    }

    /** The same, of a key that refers to its own table: the one end must not change before the other. */
    boolean within() {
        return table.foreignKeys().stream()
                .map(key -> key.foreignKey().orElseThrow().table().equals(table.name())
                        ? List.of(key.columns(), key.foreignKey().orElseThrow().columns())
                        : List.<List<String>>of())
                .anyMatch(ends -> ends.stream().anyMatch(end -> end.contains(column.name()))
                        && ends.stream().allMatch(end -> changesTypeOf(table.name(), end)));
    }

    private boolean changesTypeOf(QualifiedName other, List<String> columns) {
        return draft.request().up().statements().stream()
                .filter(s -> s.node().is("AlterTableStmt"))
                .filter(s -> draft.findTable(s.node().get("relation"))
                        .filter(t -> t.name().equals(other))
                        .isPresent())
                .flatMap(s -> s.node().list("cmds").stream())
                .anyMatch(c -> c.text("subtype").equals("AT_AlterColumnType") && columns.contains(c.text("name")));
    }
}
