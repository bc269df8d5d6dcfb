package dev.sluice.lab.rows;

import dev.sluice.catalog.Constraint;
import dev.sluice.db.Session;
import dev.sluice.sql.Identifier;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/** The keys of a parent table that its children can point at, as texts. Confined to one thread. */
final class ParentKeys {

    private static final int MOST = 200_000;

    private final List<List<String>> keys;
    private final Map<List<Optional<String>>, List<List<String>>> matching = new HashMap<>();

    private ParentKeys(List<List<String>> keys) {
        this.keys = keys;
    }

    /**
     * What a foreign key can point at, in an order that depends on the keys and the seed alone.
     *
     * @param checks conditions on the child; those about the key's columns alone decide which parents will do
     */
    static ParentKeys of(Session session, Constraint key, List<CheckExpression> checks, Random random) {
        Constraint.ForeignKey target = key.foreignKey().orElseThrow();
        List<String> texts = new ArrayList<>();
        List<String> renamed = new ArrayList<>();
        List<String> order = new ArrayList<>();
        for (int i = 0; i < key.columns().size(); i++) {
            String child = Identifier.quote(key.columns().get(i));
            texts.add("c." + child + "::text AS v" + i);
            order.add("c." + child);
            renamed.add("p." + Identifier.quote(target.columns().get(i)) + " AS " + child);
        }
        List<String> conditions =
                new ArrayList<>(order.stream().map(c -> c + " IS NOT NULL").toList());
        checks.stream()
                .filter(check -> !check.columns().isEmpty() && key.columns().containsAll(check.columns()))
                .forEach(check -> conditions.add("(" + check.sql() + ") IS NOT FALSE"));
        List<List<String>> keys = new ArrayList<>(session.query(
                "SELECT " + String.join(", ", texts) + " FROM (SELECT " + String.join(", ", renamed) + " FROM "
                        + target.table().quoted() + " p) c WHERE " + String.join(" AND ", conditions) + " ORDER BY "
                        + String.join(", ", order) + " LIMIT " + MOST,
                row -> {
                    List<String> values = new ArrayList<>();
                    for (int i = 1; i <= key.columns().size(); i++) {
                        values.add(row.text(i));
                    }
                    return List.copyOf(values);
                }));
        Collections.shuffle(keys, random);
        return new ParentKeys(List.copyOf(keys));
    }

    boolean isEmpty() {
        return keys.isEmpty();
    }

    /** One key after the other, from the start again after the last. */
    Optional<List<String>> inTurn(long number) {
        return keys.isEmpty()
                ? Optional.empty()
                : Optional.of(keys.get((int) Math.floorMod(number, (long) keys.size())));
    }

    /**
     * A key with these values in its columns.
     *
     * @param fixed per column the value it must have; empty where any will do
     */
    Optional<List<String>> any(Random random, List<Optional<String>> fixed) {
        List<List<String>> fitting =
                fixed.stream().allMatch(Optional::isEmpty) ? keys : matching.computeIfAbsent(fixed, this::fitting);
        return fitting.isEmpty() ? Optional.empty() : Optional.of(Values.pick(random, fitting));
    }

    private List<List<String>> fitting(List<Optional<String>> fixed) {
        return keys.stream().filter(key -> fits(key, fixed)).toList();
    }

    private static boolean fits(List<String> key, List<Optional<String>> fixed) {
        for (int i = 0; i < key.size(); i++) {
            String value = key.get(i);
            if (!fixed.get(i).map(value::equals).orElse(true)) {
                return false;
            }
        }
        return true;
    }
}
