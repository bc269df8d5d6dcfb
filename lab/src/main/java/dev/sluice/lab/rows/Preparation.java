package dev.sluice.lab.rows;

import dev.sluice.catalog.Catalog;
import dev.sluice.catalog.Column;
import dev.sluice.catalog.Constraint;
import dev.sluice.catalog.Table;
import dev.sluice.db.Session;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What candidate rows of a table are made from, or why there can be none.
 *
 * @param obstacle empty when there are candidates
 */
record Preparation(Optional<Candidates> candidates, String obstacle) {

    /**
     * @param rows how many rows will be asked for
     * @param late foreign keys whose parents are not there yet: NULL for now, or anything
     */
    static Preparation of(
            Session session,
            Catalog catalog,
            Judge judge,
            TableShape shape,
            long rows,
            Set<String> late,
            Random random) {
        Table table = shape.table();
        List<Candidates.Link> links = new ArrayList<>();
        for (Constraint key : table.foreignKeys()) {
            if (late.contains(key.name()) || !key.enforced()) {
                continue;
            }
            boolean optional = FillOrder.isOptional(table, key);
            ParentKeys parents = ParentKeys.of(session, key, shape.checks(), random);
            if (parents.isEmpty() && !optional) {
                return impossible(key.foreignKey().orElseThrow().table() + ", which " + key.name()
                        + " points at, has no rows that will do");
            }
            links.add(new Candidates.Link(key, parents, optional, Candidates.isOneToOne(table, key)));
        }
        Set<String> lateColumns = table.foreignKeys().stream()
                .filter(key -> late.contains(key.name()))
                .flatMap(key -> key.columns().stream())
                .collect(Collectors.toSet());
        ColumnValues columnValues = new ColumnValues(catalog, judge);
        List<Candidates.Source> sources = new ArrayList<>();
        for (Column column : shape.writable()) {
            boolean nullable = TableShape.isNullable(catalog, column);
            Optional<Values> values = nullable && lateColumns.contains(column.name())
                    ? Optional.empty()
                    : columnValues.of(shape, column, rows, random);
            if (values.isEmpty() && !nullable) {
                return impossible("no value found for column " + column.name() + " of type " + column.type()
                        + " that meets its conditions");
            }
            values.ifPresent(v -> sources.add(new Candidates.Source(
                    column, v, nullable, shape.uniqueColumns().contains(column.name()))));
        }
        Set<String> linked =
                links.stream().flatMap(l -> l.key().columns().stream()).collect(Collectors.toSet());
        linked.addAll(lateColumns);
        List<Cluster> clusters = Cluster.of(session, shape, sources, linked, random);
        return new Preparation(Optional.of(new Candidates(links, sources, clusters, random)), "");
    }

    private static Preparation impossible(String obstacle) {
        return new Preparation(Optional.empty(), obstacle);
    }
}
