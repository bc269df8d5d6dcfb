package dev.sluice.lint.rule;

import dev.sluice.lint.Scene;
import dev.sluice.lint.effect.Effect;
import dev.sluice.lint.schema.ColumnType;
import dev.sluice.lint.schema.KnownColumn;
import dev.sluice.lint.schema.KnownConstraint;
import dev.sluice.plan.LockMode;
import dev.sluice.sql.Node;
import dev.sluice.sql.QualifiedName;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A foreign key that a statement makes, wherever in it.
 *
 * @param named the referenced columns, empty where the statement leaves them out
 */
record ForeignKey(Node node, QualifiedName table, List<String> columns, QualifiedName referenced, List<String> named) {

    static List<ForeignKey> of(Scene scene) {
        return of(scene, scene.node(), scene.effect());
    }

    /** Those of a statement that really makes them: IF NOT EXISTS may leave it nothing to do. */
    static List<ForeignKey> of(Scene scene, Node statement, Effect effect) {
        List<ForeignKey> keys = new ArrayList<>();
        if (statement.is("CreateStmt")) {
            QualifiedName table = scene.schema().made(statement.get("relation"));
            statement.list("tableElts").forEach(element -> collect(scene, table, element, keys));
        } else if (statement.is("AlterTableStmt")) {
            QualifiedName table = scene.schema().name(statement.get("relation"));
            for (Node command : statement.list("cmds")) {
                if (List.of("AT_AddColumn", "AT_AddConstraint").contains(command.text("subtype"))) {
                    collect(scene, table, command.get("def"), keys);
                }
            }
        }
        keys.removeIf(key -> effect.lock(key.referenced()).compareTo(LockMode.SHARE_ROW_EXCLUSIVE) < 0);
        return keys;
    }

    private static void collect(Scene scene, QualifiedName table, Node element, List<ForeignKey> into) {
        if (element.is("ColumnDef")) {
            element.list("constraints").stream()
                    .filter(c -> c.text("contype").equals("CONSTR_FOREIGN"))
                    .forEach(c -> into.add(of(scene, table, c, List.of(element.text("colname")))));
        } else if (element.text("contype").equals("CONSTR_FOREIGN")) {
            into.add(of(scene, table, element, element.strings("fk_attrs")));
        }
    }

    private static ForeignKey of(Scene scene, QualifiedName table, Node node, List<String> columns) {
        return new ForeignKey(node, table, columns, scene.schema().name(node.get("pktable")), node.strings("pk_attrs"));
    }

    /** The columns that it points at: the primary key where the statement leaves them out. */
    List<String> referencedColumns(Scene scene) {
        return named.isEmpty()
                ? scene.schema().table(referenced).stream()
                        .flatMap(t -> t.constraints().stream())
                        .filter(c -> c.kind() == KnownConstraint.Kind.PRIMARY_KEY)
                        .findFirst()
                        .map(KnownConstraint::columns)
                        .orElse(List.of())
                : named;
    }

    /** The one column of a table's primary key. */
    record KeyColumn(QualifiedName table, String column) {}

    static Optional<KeyColumn> primaryKey(Scene scene, QualifiedName table) {
        return scene.schema().table(table).stream()
                .flatMap(t -> t.constraints().stream())
                .filter(c -> c.kind() == KnownConstraint.Kind.PRIMARY_KEY
                        && c.columns().size() == 1)
                .map(c -> new KeyColumn(table, c.columns().get(0)))
                .findFirst();
    }

    /** Whether the statement, or one after it in the migration, makes a foreign key of a column of this name. */
    static boolean isComing(Scene scene, String column) {
        boolean now = of(scene).stream().anyMatch(key -> key.columns().contains(column));
        return now
                || scene.after("AlterTableStmt", "CreateStmt", "CreateForeignTableStmt")
                        .flatMap(later -> later.node().all("Constraint").stream())
                        .anyMatch(c -> c.strings("fk_attrs").contains(column));
    }

    /** The type of one of its columns, which the statement itself may bring. */
    Optional<ColumnType> type(Scene scene, String column) {
        return definition(scene, column)
                .map(d -> ColumnType.of(d.get("typeName")).withoutSerial())
                .or(() -> scene.schema()
                        .table(table)
                        .flatMap(t -> t.column(column))
                        .map(KnownColumn::type)
                        .filter(type -> !type.name().isEmpty()));
    }

    /** Whether the statement brings the column. */
    boolean adds(Scene scene, String column) {
        return definition(scene, column).isPresent();
    }

    private static Optional<Node> definition(Scene scene, String column) {
        return scene.node().all("ColumnDef").stream()
                .filter(d -> d.text("colname").equals(column))
                .findFirst();
    }
}
