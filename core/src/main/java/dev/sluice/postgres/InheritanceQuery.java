package dev.sluice.postgres;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Reads {@code pg_inherits}: who has which parents and children, partitions included, by object id. */
final class InheritanceQuery {

    private static final String SQL = "SELECT inhrelid, inhparent FROM pg_inherits ORDER BY inhrelid, inhseqno";

    private final Map<Long, List<Long>> parents = new HashMap<>();
    private final Map<Long, List<Long>> children = new HashMap<>();

    private InheritanceQuery() {}

    static InheritanceQuery read(Reading reading) {
        InheritanceQuery inheritance = new InheritanceQuery();
        reading.ofRelations(SQL, row -> {
            long child = row.number(1);
            long parent = row.number(2);
            inheritance.parents.computeIfAbsent(child, oid -> new ArrayList<>()).add(parent);
            return inheritance
                    .children
                    .computeIfAbsent(parent, oid -> new ArrayList<>())
                    .add(child);
        });
        return inheritance;
    }

    List<Long> parents(long relation) {
        return parents.getOrDefault(relation, List.of());
    }

    List<Long> children(long relation) {
        return children.getOrDefault(relation, List.of());
    }
}
