package dev.sluice.lab.rows;

import dev.sluice.catalog.Catalog;
import dev.sluice.catalog.Table;
import dev.sluice.db.Session;
import dev.sluice.sql.Identifier;
import dev.sluice.sql.QualifiedName;
import java.util.ArrayList;
import java.util.List;

/** What the rows of a partitioned table, or of a partition, have to be like. */
final class PartitionBounds {

    private PartitionBounds() {}

    /** The tables that hold a table's rows: itself, or the partitions at the ends. */
    static List<QualifiedName> leaves(Catalog catalog, Table table) {
        if (table.kind() != Table.Kind.PARTITIONED) {
            return List.of(table.name());
        }
        List<QualifiedName> leaves = new ArrayList<>();
        for (QualifiedName child : table.partitioning().children()) {
            catalog.table(child).ifPresent(t -> leaves.addAll(leaves(catalog, t)));
        }
        return leaves;
    }

    /** A condition for each partition at the ends. A default partition that is alone takes everything. */
    static List<CheckExpression> of(Session session, Catalog catalog, Table table) {
        if (table.kind() != Table.Kind.PARTITIONED && !table.isPartition()) {
            return List.of();
        }
        List<CheckExpression> bounds = new ArrayList<>();
        for (QualifiedName leaf : leaves(catalog, table)) {
            String sql = session.one(
                            "SELECT pg_get_partition_constraintdef(" + Identifier.literal(leaf.quoted())
                                    + "::regclass)",
                            row -> row.textIfAny(1))
                    .flatMap(bound -> bound)
                    .orElse("true");
            bounds.add(new CheckExpression("partition " + leaf, ColumnNames.in(sql, table), "(" + sql + ")"));
        }
        return bounds;
    }

    /** One condition: rows must belong to some partition. */
    static List<CheckExpression> anyOf(Table table, List<CheckExpression> bounds) {
        if (bounds.isEmpty()) {
            return List.of();
        }
        String any = "("
                + String.join(" OR ", bounds.stream().map(CheckExpression::sql).toList()) + ")";
        return List.of(new CheckExpression("partitions of " + table.name(), ColumnNames.in(any, table), any));
    }
}
