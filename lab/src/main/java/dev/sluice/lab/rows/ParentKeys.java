package dev.sluice.lab.rows;

import dev.sluice.catalog.Constraint;
import dev.sluice.db.Session;
import dev.sluice.sql.Identifier;
import dev.sluice.sql.QualifiedName;
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

    /** The keys in an order that depends on their values and the seed alone. */
    static ParentKeys read(Session session, QualifiedName parent, List<String> columns, Random random) {
        List<String> quoted = columns.stream().map(Identifier::quote).toList();
        List<List<String>> keys = new ArrayList<>(session.query(
                "SELECT "
                        + String.join(
                                ", ",
                                quoted.stream().map(c -> "p." + c + "::text").toList()) + " FROM " + parent.quoted()
                        + " p WHERE (" + String.join(", ", quoted) + ") IS NOT NULL ORDER BY "
                        + String.join(", ", quoted.stream().map(c -> "p." + c).toList())
                        + " LIMIT " + MOST,
                row -> {
                    List<String> key = new ArrayList<>();
                    for (int i = 1; i <= columns.size(); i++) {
                        key.add(row.text(i));
                    }
                    return List.copyOf(key);
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

    /** What a foreign key points at. */
    static ParentKeys of(Session session, Constraint key, Random random) {
        Constraint.ForeignKey target = key.foreignKey().orElseThrow();
        return read(session, target.table(), target.columns(), random);
    }
}
