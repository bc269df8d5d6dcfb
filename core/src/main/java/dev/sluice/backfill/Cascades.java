package dev.sluice.backfill;

import static java.util.stream.Collectors.joining;

import dev.sluice.db.Session;
import dev.sluice.sql.Identifier;
import dev.sluice.sql.QualifiedName;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Rows that PostgreSQL deletes with others of the same table, through its foreign keys to itself with ON DELETE CASCADE. They are
 * found and locked before any goes, so that they are kept like the others: nobody can refer to a row that is locked.
 */
record Cascades(List<Key> keys) {

    /** Columns, and those that they refer to. */
    record Key(List<String> columns, List<String> target) {
        Key {
            columns = List.copyOf(columns);
            target = List.copyOf(target);
        }
    }

    Cascades {
        keys = List.copyOf(keys);
    }

    static Cascades of(Session session, QualifiedName table) {
        return new Cascades(session.query("""
                SELECT (SELECT array_agg(a.attname::text ORDER BY k.n) FROM unnest(c.conkey) WITH ORDINALITY AS k (num, n)
                          JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = k.num),
                       (SELECT array_agg(a.attname::text ORDER BY k.n) FROM unnest(c.confkey) WITH ORDINALITY AS k (num, n)
                          JOIN pg_attribute a ON a.attrelid = c.confrelid AND a.attnum = k.num)
                  FROM pg_constraint c
                 WHERE c.contype = 'f' AND c.confdeltype = 'c' AND c.conrelid = c.confrelid AND c.conrelid = to_regclass(?)
                   AND coalesce(to_jsonb(c) ->> 'conenforced', 'true') = 'true'
                """, row -> new Key(row.texts(1), row.texts(2)), table.quoted()));
    }

    boolean isEmpty() {
        return keys.isEmpty();
    }

    /** Those places, of rows that this transaction has locked, and the places of all rows that go with them, now locked, too. */
    List<String> with(Session session, Leaf leaf, List<String> tids) {
        Set<String> all = new LinkedHashSet<>(tids);
        List<String> last = keys.isEmpty() ? List.of() : tids;
        while (!last.isEmpty()) {
            List<String> next = new ArrayList<>();
            for (Key key : keys) {
                session.query(referring(leaf, key, last), row -> row.text(1)).stream()
                        .filter(all::add)
                        .forEach(next::add);
            }
            last = next;
        }
        return List.copyOf(all);
    }

    private static String referring(Leaf leaf, Key key, List<String> tids) {
        String refers = IntStream.range(0, key.columns.size())
                .mapToObj(i -> "sluice_child." + Identifier.quote(key.columns.get(i)) + " = sluice_parent."
                        + Identifier.quote(key.target.get(i)))
                .collect(joining(" AND "));
        String table = "ONLY " + leaf.name().quoted();
        return "SELECT sluice_child.ctid::text FROM " + table + " AS sluice_child JOIN " + table
                + " AS sluice_parent ON " + refers + " WHERE sluice_parent.ctid = ANY (" + DmlSql.array(tids)
                + ") FOR UPDATE OF sluice_child";
    }
}
