package dev.sluice.lint.effect;

import dev.sluice.lint.schema.KnownIndex;
import dev.sluice.lint.schema.KnownSchema;
import dev.sluice.lint.schema.KnownTable;
import dev.sluice.plan.LockMode;
import dev.sluice.sql.Node;
import dev.sluice.sql.QualifiedName;
import java.util.List;
import java.util.Optional;

/** CREATE INDEX, REINDEX, CLUSTER, VACUUM and ANALYZE. */
final class IndexWork {

    private final KnownSchema schema;
    private final Impact impact;

    IndexWork(KnownSchema schema, Impact impact) {
        this.schema = schema;
        this.impact = impact;
    }

    void take(Node node) {
        switch (node.type()) {
            case "IndexStmt" -> create(node);
            case "ReindexStmt" -> reindex(node);
            case "ClusterStmt" -> cluster(node);
            default -> vacuum(node);
        }
    }

    private void create(Node node) {
        boolean concurrently = node.flag("concurrent");
        LockMode mode = concurrently ? LockMode.SHARE_UPDATE_EXCLUSIVE : LockMode.SHARE;
        Optional<KnownTable> table = schema.table(node.get("relation"));
        if (concurrently) {
            impact.outsideTransactions();
        }
        impact.lock(schema.name(node.get("relation")), mode);
        if (table.isEmpty()) {
            impact.doubt("how large " + schema.name(node.get("relation")) + " is");
            return;
        }
        boolean exists = node.flag("if_not_exists")
                && schema.index(table.get().name().withName(node.text("idxname")))
                        .isPresent();
        if (exists) {
            return;
        }
        if (table.get().isPartitioned() && concurrently) {
            impact.fails("PostgreSQL cannot create an index on a partitioned table CONCURRENTLY");
            return;
        }
        List<KnownTable> affected =
                table.get().isPartitioned() && node.get("relation").flag("inh")
                        ? schema.family(table.get())
                        : List.of(table.get());
        for (KnownTable t : affected) {
            impact.lock(t.name(), mode);
            impact.buildIndex(t);
        }
    }

    private void reindex(Node node) {
        boolean concurrently = hasOption(node, "params", "concurrently");
        LockMode mode = concurrently ? LockMode.SHARE_UPDATE_EXCLUSIVE : LockMode.SHARE;
        if (concurrently) {
            impact.outsideTransactions();
        }
        Node relation = node.get("relation");
        switch (node.text("kind")) {
            case "REINDEX_OBJECT_INDEX" ->
                schema.index(relation)
                        .ifPresent(index -> schema.table(index.table()).ifPresent(t -> rebuilt(t, mode)));
            case "REINDEX_OBJECT_TABLE" ->
                schema.table(relation)
                        .ifPresentOrElse(
                                t -> {
                                    if (t.isPartitioned()) {
                                        impact.outsideTransactions();
                                    }
                                    schema.family(t).forEach(member -> rebuilt(member, mode));
                                },
                                () -> impact.lock(schema.name(relation), mode));
            default -> {
                impact.outsideTransactions();
                schema.tables().stream()
                        .filter(t -> node.text("kind").equals("REINDEX_OBJECT_SCHEMA")
                                ? t.name().schema().equals(node.text("name"))
                                : true)
                        .filter(KnownTable::holdsRows)
                        .forEach(t -> rebuilt(t, mode));
            }
        }
    }

    private void rebuilt(KnownTable table, LockMode mode) {
        impact.lock(table.name(), mode);
        impact.buildIndex(table);
    }

    private void cluster(Node node) {
        if (!node.has("relation")) {
            impact.outsideTransactions();
            impact.doubt("which tables were clustered before");
            return;
        }
        QualifiedName name = schema.name(node.get("relation"));
        impact.lock(name, LockMode.ACCESS_EXCLUSIVE);
        schema.table(name).ifPresentOrElse(impact::rewrite, () -> impact.newFiles(name));
    }

    private void vacuum(Node node) {
        boolean full = hasOption(node, "options", "full");
        if (node.flag("is_vacuumcmd")) {
            impact.outsideTransactions();
        }
        for (Node each : node.list("rels")) {
            QualifiedName name = schema.name(each.get("relation"));
            impact.lock(name, full ? LockMode.ACCESS_EXCLUSIVE : LockMode.SHARE_UPDATE_EXCLUSIVE);
            if (full) {
                schema.table(name).ifPresentOrElse(impact::rewrite, () -> impact.newFiles(name));
            }
        }
        if (full && node.list("rels").isEmpty()) {
            schema.tables().stream().filter(KnownTable::holdsRows).forEach(t -> {
                impact.lock(t.name(), LockMode.ACCESS_EXCLUSIVE);
                impact.rewrite(t);
            });
        }
    }

    private static boolean hasOption(Node node, String field, String name) {
        return node.list(field).stream()
                .anyMatch(option -> option.text("defname").equals(name)
                        && !List.of("false", "off", "0")
                                .contains(option.get("arg").string()));
    }

    static List<KnownIndex> withColumn(KnownSchema schema, KnownTable table, String column) {
        return schema.indexesOf(table.name()).stream()
                .filter(index -> index.uses(column))
                .toList();
    }
}
