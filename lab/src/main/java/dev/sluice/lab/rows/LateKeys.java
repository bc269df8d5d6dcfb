package dev.sluice.lab.rows;

import dev.sluice.catalog.Column;
import dev.sluice.catalog.Constraint;
import dev.sluice.catalog.Table;
import dev.sluice.db.Session;
import dev.sluice.sql.Identifier;
import dev.sluice.sql.QualifiedName;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/** Sets foreign keys whose parents were not there when their rows were written. Needs an open transaction. */
final class LateKeys {

    private static final int BATCH = 500;
    /** One in so many rows of an optional key stays without a parent. */
    private static final int NULL_EVERY = 6;

    private final Session session;
    private final Random random;

    LateKeys(Session session, Random random) {
        this.session = session;
        this.random = random;
    }

    /** @param leaf where the rows are: the table itself, or one of its partitions */
    void set(Table table, Constraint key, QualifiedName leaf) {
        boolean optional = FillOrder.isOptional(table, key);
        ParentKeys parents = ParentKeys.of(session, key, List.of(), random);
        if (parents.isEmpty()) {
            return;
        }
        List<String> places = session.query(
                "SELECT t.ctid::text FROM ONLY " + leaf.quoted() + " t WHERE "
                        + (optional ? isNull(key) : orphaned(key)) + " ORDER BY t.ctid",
                row -> row.text(1));
        boolean inTurn = Candidates.isOneToOne(table, key);
        List<List<String>> updates = new ArrayList<>();
        for (int i = 0; i < places.size(); i++) {
            if (optional && random.nextInt(NULL_EVERY) == 0) {
                continue;
            }
            List<String> update = new ArrayList<>(List.of(places.get(i)));
            update.addAll((inTurn
                            ? parents.inTurn(i)
                            : parents.any(
                                    random,
                                    key.columns().stream()
                                            .map(c -> Optional.<String>empty())
                                            .toList()))
                    .orElseThrow());
            updates.add(List.copyOf(update));
        }
        Bisection bisection = new Bisection(session);
        for (int from = 0; from < updates.size(); from += BATCH) {
            List<List<String>> part = updates.subList(from, Math.min(updates.size(), from + BATCH));
            bisection.write(part, rows -> session.execute(sql(table, key, leaf, rows)));
        }
    }

    private static String sql(Table table, Constraint key, QualifiedName leaf, List<List<String>> rows) {
        List<String> sets = new ArrayList<>();
        List<String> arrays = new ArrayList<>();
        List<String> names = new ArrayList<>();
        for (int i = 0; i <= key.columns().size(); i++) {
            int at = i;
            arrays.add(TextArrays.literal(rows.stream().map(row -> row.get(at)).toList()));
            names.add("v" + i);
            if (i > 0) {
                Column column = table.column(key.columns().get(i - 1)).orElseThrow();
                sets.add(Identifier.quote(column.name()) + " = r.v" + i + "::"
                        + column.type().formatted());
            }
        }
        return "UPDATE ONLY " + leaf.quoted() + " t SET " + String.join(", ", sets) + " FROM unnest("
                + String.join(", ", arrays) + ") AS r(" + String.join(", ", names)
                + ") WHERE t.ctid = r.v0::pg_catalog.tid";
    }

    /** Removes rows that still have no parent; they are there because triggers were off. */
    long deleteOrphans(Constraint key, QualifiedName leaf) {
        return session.execute("DELETE FROM ONLY " + leaf.quoted() + " t WHERE " + orphaned(key));
    }

    private static String isNull(Constraint key) {
        return String.join(
                " OR ",
                key.columns().stream()
                        .map(c -> "t." + Identifier.quote(c) + " IS NULL")
                        .toList());
    }

    private static String orphaned(Constraint key) {
        Constraint.ForeignKey target = key.foreignKey().orElseThrow();
        List<String> same = new ArrayList<>();
        for (int i = 0; i < key.columns().size(); i++) {
            same.add("p." + Identifier.quote(target.columns().get(i)) + " = t."
                    + Identifier.quote(key.columns().get(i)));
        }
        String complete = String.join(
                " AND ",
                key.columns().stream()
                        .map(c -> "t." + Identifier.quote(c) + " IS NOT NULL")
                        .toList());
        return complete + " AND NOT EXISTS (SELECT FROM " + target.table().quoted() + " p WHERE "
                + String.join(" AND ", same) + ")";
    }
}
