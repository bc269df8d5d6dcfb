package dev.sluice.lab.rows;

import dev.sluice.catalog.Column;
import dev.sluice.catalog.Constraint;
import dev.sluice.catalog.Table;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;

/** Makes candidate rows of a table; PostgreSQL decides which become rows. Confined to one thread. */
final class Candidates {

    /** One in so many values of an optional column is NULL. */
    private static final int NULL_EVERY = 8;

    /**
     * A foreign key to follow.
     *
     * @param inTurn each parent at most one child: they are taken one after the other
     */
    record Link(Constraint key, ParentKeys parents, boolean optional, boolean inTurn) {}

    /**
     * A column to give values for.
     *
     * @param nullable NULL is one of its values
     * @param unique it is part of something unique
     */
    record Source(Column column, Values values, boolean nullable, boolean unique) {}

    private final List<Link> links;
    private final List<Source> sources;
    private final List<Cluster> clusters;
    private final Random random;

    Candidates(List<Link> links, List<Source> sources, List<Cluster> clusters, Random random) {
        this.links = List.copyOf(links);
        this.sources = List.copyOf(sources);
        this.clusters = List.copyOf(clusters);
        this.random = random;
    }

    /**
     * @param number the candidate's number, from which the values of unique columns come
     * @param wanted the columns to give values for
     * @return empty when a parent is needed and there is none
     */
    Optional<Map<String, Optional<String>>> next(long number, Set<String> wanted) {
        Map<String, Optional<String>> row = new HashMap<>();
        for (Link link : links) {
            if (!follow(link, number, row)) {
                return Optional.empty();
            }
        }
        for (Cluster cluster : clusters) {
            row.putAll(Values.pick(random, cluster.stock()));
        }
        for (Source source : sources) {
            String name = source.column().name();
            if (wanted.contains(name) && !row.containsKey(name)) {
                row.put(name, value(source, number));
            }
        }
        return Optional.of(row);
    }

    private boolean follow(Link link, long number, Map<String, Optional<String>> row) {
        List<String> columns = link.key().columns();
        if (link.optional() && random.nextInt(NULL_EVERY) == 0) {
            columns.forEach(c -> row.putIfAbsent(c, Optional.empty()));
            return true;
        }
        List<Optional<String>> fixed = new ArrayList<>();
        columns.forEach(c -> fixed.add(row.getOrDefault(c, Optional.empty())));
        boolean free = fixed.stream().allMatch(Optional::isEmpty);
        Optional<List<String>> parent = link.inTurn() && free
                ? link.parents().inTurn(number)
                : link.parents().any(random, List.copyOf(fixed));
        if (parent.isEmpty()) {
            columns.forEach(c -> row.putIfAbsent(c, Optional.empty()));
            return link.optional();
        }
        for (int i = 0; i < columns.size(); i++) {
            row.put(columns.get(i), Optional.of(parent.get().get(i)));
        }
        return true;
    }

    private Optional<String> value(Source source, long number) {
        if (source.nullable() && random.nextInt(NULL_EVERY) == 0) {
            return Optional.empty();
        }
        return Optional.of(
                source.unique()
                        ? source.values().distinct(random, number)
                        : source.values().next(random));
    }

    /** Whether the key's columns are all of some unique index: then a parent has at most one child. */
    static boolean isOneToOne(Table table, Constraint key) {
        return table.indexes().stream()
                .anyMatch(index -> index.unique()
                        && !index.hasExpressionKeys()
                        && Set.copyOf(key.columns()).containsAll(index.keyColumns()));
    }
}
