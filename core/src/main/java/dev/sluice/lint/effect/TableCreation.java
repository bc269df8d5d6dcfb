package dev.sluice.lint.effect;

import dev.sluice.lint.schema.KnownSchema;
import dev.sluice.lint.schema.KnownTable;
import dev.sluice.plan.LockMode;
import dev.sluice.sql.Node;
import java.util.List;

/** CREATE TABLE: what it does to the tables that are there. */
final class TableCreation {

    private final KnownSchema schema;
    private final Impact impact;

    TableCreation(KnownSchema schema, Impact impact) {
        this.schema = schema;
        this.impact = impact;
    }

    void take(Node node) {
        if (schema.table(node.get("relation")).isPresent() && node.flag("if_not_exists")) {
            return;
        }
        impact.lock(schema.made(node.get("relation")), LockMode.ACCESS_EXCLUSIVE);
        boolean partition = node.has("partbound");
        for (Node parent : node.list("inhRelations")) {
            impact.lock(schema.name(parent), partition ? LockMode.ACCESS_EXCLUSIVE : LockMode.SHARE_UPDATE_EXCLUSIVE);
            if (partition) {
                schema.table(parent).ifPresent(p -> new Partitions(schema, impact).newBound(p, node.get("partbound")));
            }
        }
        for (Node element : node.list("tableElts")) {
            switch (element.type()) {
                case "TableLikeClause" -> impact.lock(schema.name(element.get("relation")), LockMode.ACCESS_SHARE);
                case "ColumnDef" -> references(element.list("constraints"));
                case "Constraint" -> references(List.of(element));
                default -> {}
            }
        }
        node.list("inhRelations").stream()
                .flatMap(parent -> schema.table(parent).stream())
                .filter(KnownTable::isPartitioned)
                .flatMap(parent -> parent.foreignKeys().stream())
                .forEach(key -> key.referenced().ifPresent(r -> impact.lock(r, LockMode.SHARE_ROW_EXCLUSIVE)));
    }

    private void references(List<Node> constraints) {
        constraints.stream()
                .filter(c -> c.text("contype").equals("CONSTR_FOREIGN"))
                .forEach(c -> impact.lock(schema.name(c.get("pktable")), LockMode.SHARE_ROW_EXCLUSIVE));
    }
}
