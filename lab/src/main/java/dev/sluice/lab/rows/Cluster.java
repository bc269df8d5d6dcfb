package dev.sluice.lab.rows;

import dev.sluice.db.DatabaseException;
import dev.sluice.db.Session;
import dev.sluice.lab.rows.Candidates.Source;
import dev.sluice.sql.Identifier;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;

/**
 * Columns that conditions tie together, and a stock of values for all of them with which the conditions hold. Without it
 * most rows would be made in vain.
 */
record Cluster(List<Map<String, Optional<String>>> stock) {

    private static final int TUPLES = 1_500;
    private static final int ENOUGH = 60;
    private static final int ROUNDS = 6;
    /** How many values in a hundred are NULL; conditions may want few or many. */
    private static final List<Integer> NULLS = List.of(10, 40, 70, 90);

    Cluster {
        stock = List.copyOf(stock);
    }

    /** Of columns that have to be unique there is none: their values must not come from a stock. */
    static List<Cluster> of(
            Session session, TableShape shape, List<Source> sources, Set<String> linked, Random random) {
        List<Source> free = sources.stream()
                .filter(s ->
                        !s.unique() && !linked.contains(s.column().name()) && !TableShape.drawsFromSequence(s.column()))
                .toList();
        Set<String> names =
                new LinkedHashSet<>(free.stream().map(s -> s.column().name()).toList());
        List<Set<String>> groups = new ArrayList<>();
        for (CheckExpression check : shape.checks()) {
            if (check.columns().size() > 1 && names.containsAll(check.columns())) {
                Set<String> merged = new LinkedHashSet<>(check.columns());
                List<Set<String>> touched = groups.stream()
                        .filter(group -> group.stream().anyMatch(check.columns()::contains))
                        .toList();
                touched.forEach(merged::addAll);
                groups.removeAll(touched);
                groups.add(merged);
            }
        }
        List<Cluster> clusters = new ArrayList<>();
        for (Set<String> group : groups) {
            List<Source> members =
                    free.stream().filter(s -> group.contains(s.column().name())).toList();
            List<CheckExpression> checks = shape.checks().stream()
                    .filter(check -> !check.columns().isEmpty() && group.containsAll(check.columns()))
                    .toList();
            List<Map<String, Optional<String>>> stock = stock(session, shape, members, checks, random);
            if (!stock.isEmpty()) {
                clusters.add(new Cluster(stock));
            }
        }
        return clusters;
    }

    private static List<Map<String, Optional<String>>> stock(
            Session session, TableShape shape, List<Source> members, List<CheckExpression> checks, Random random) {
        List<Map<String, Optional<String>>> stock = new ArrayList<>();
        for (int round = 0; round < ROUNDS && stock.size() < ENOUGH; round++) {
            List<Map<String, Optional<String>>> tuples = new ArrayList<>();
            for (int i = 0; i < TUPLES; i++) {
                int nulls = Values.pick(random, NULLS);
                Map<String, Optional<String>> tuple = new HashMap<>();
                for (Source source : members) {
                    tuple.put(
                            source.column().name(),
                            source.nullable() && random.nextInt(100) < nulls
                                    ? Optional.empty()
                                    : Optional.of(source.values().next(random)));
                }
                tuples.add(tuple);
            }
            List<Integer> good = good(session, shape, members, checks, tuples);
            if (good.isEmpty() && round > 1) {
                return stock;
            }
            good.forEach(place -> stock.add(Map.copyOf(tuples.get(place - 1))));
        }
        return stock;
    }

    /** The places, from 1, of the tuples with which the conditions hold; none when some tuple is an error. */
    private static List<Integer> good(
            Session session,
            TableShape shape,
            List<Source> members,
            List<CheckExpression> checks,
            List<Map<String, Optional<String>>> tuples) {
        List<String> arrays = new ArrayList<>();
        List<String> places = new ArrayList<>();
        List<String> outputs = new ArrayList<>(List.of("r.sluice_place"));
        for (Source source : members) {
            String name = source.column().name();
            String place = "v" + places.size();
            places.add(place);
            arrays.add(TextArrays.nullable(tuples.stream()
                    .map(t -> t.getOrDefault(name, Optional.empty()))
                    .toList()));
            outputs.add("r." + place + "::" + source.column().type().formatted() + " AS " + Identifier.quote(name));
        }
        String sql = "SELECT sluice_place FROM (SELECT " + String.join(", ", outputs) + " FROM unnest("
                + String.join(", ", arrays) + ") WITH ORDINALITY AS r(" + String.join(", ", places)
                + ", sluice_place)) AS " + Identifier.quote(shape.table().name().name()) + " WHERE "
                + String.join(
                        " AND ",
                        checks.stream()
                                .map(c -> "(" + c.sql() + ") IS NOT FALSE")
                                .toList())
                + " ORDER BY sluice_place";
        session.execute("SAVEPOINT sluice_cluster");
        try {
            return session.query(sql, row -> row.integer(1));
        } catch (DatabaseException e) {
            if (e.isConnectionLost() || e.isCancelled()) {
                throw e;
            }
            session.execute("ROLLBACK TO SAVEPOINT sluice_cluster");
            return List.of();
        } finally {
            session.execute("RELEASE SAVEPOINT sluice_cluster");
        }
    }
}
