package dev.sluice.lab.rows;

import dev.sluice.catalog.Catalog;
import dev.sluice.catalog.Column;
import dev.sluice.catalog.Constraint;
import dev.sluice.catalog.Table;
import dev.sluice.db.Row;
import dev.sluice.db.Session;
import dev.sluice.sql.Identifier;
import dev.sluice.sql.QualifiedName;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Reads some rows of each table, and all rows that those point at. Reads only. Confined to one thread. */
final class SourceSample {

    /** Up to so many times the wanted rows each row is looked at; of larger tables only some pages are. */
    private static final int LOOK_AT_EACH = 50;

    private static final int KEYS_AT_ONCE = 2_000;

    /**
     * The rows read of a table, as texts.
     *
     * @param columns in the order of the values
     * @param rows by their place in the source
     */
    record Extract(Table table, List<Column> columns, Map<String, List<Optional<String>>> rows) {

        /** The values of these columns per row; rows in which one is NULL are left out. */
        Set<List<String>> keys(List<String> names) {
            List<Integer> places = names.stream()
                    .map(name -> columns.stream().map(Column::name).toList().indexOf(name))
                    .toList();
            Set<List<String>> keys = new LinkedHashSet<>();
            if (places.contains(-1)) {
                return keys;
            }
            for (List<Optional<String>> row : rows.values()) {
                List<String> key =
                        places.stream().flatMap(i -> row.get(i).stream()).toList();
                if (key.size() == names.size()) {
                    keys.add(key);
                }
            }
            return keys;
        }
    }

    private final Session session;
    private final long rowsPerTable;
    private final long seed;
    private final Map<QualifiedName, Extract> extracts = new TreeMap<>();

    private SourceSample(Session session, long rowsPerTable, long seed) {
        this.session = session;
        this.rowsPerTable = rowsPerTable;
        this.seed = seed;
    }

    /** @param columns per table of the source the columns to read */
    static Map<QualifiedName, Extract> read(
            Session session, Catalog catalog, Map<QualifiedName, List<Column>> columns, long rowsPerTable, long seed) {
        SourceSample sample = new SourceSample(session, rowsPerTable, seed);
        columns.forEach((name, list) -> catalog.table(name)
                .ifPresent(table -> sample.extracts.put(name, new Extract(table, list, new LinkedHashMap<>()))));
        sample.extracts.values().forEach(sample::some);
        sample.addParents();
        return sample.extracts;
    }

    private void some(Extract extract) {
        long all = extract.table().stats().estimatedRows();
        if (all > rowsPerTable) {
            boolean small = all <= rowsPerTable * LOOK_AT_EACH;
            double percent = Math.min(100, 100.0 * rowsPerTable * (small ? 1.2 : 3) / all);
            read(
                    extract,
                    String.format(
                            Locale.ROOT,
                            " TABLESAMPLE %s (%f) REPEATABLE (%d) LIMIT %d",
                            small ? "BERNOULLI" : "SYSTEM",
                            Math.max(percent, 0.000_001),
                            seed,
                            rowsPerTable));
        }
        if (extract.rows().size() < rowsPerTable / 2 + 1) {
            String order = extract.table()
                    .primaryKey()
                    .map(key -> " ORDER BY "
                            + String.join(
                                    ", ",
                                    key.columns().stream()
                                            .map(c -> "t." + Identifier.quote(c))
                                            .toList()))
                    .orElse("");
            read(
                    extract,
                    order + " LIMIT "
                            + Math.max(0, rowsPerTable - extract.rows().size()));
        }
    }

    private void addParents() {
        Set<List<String>> asked = new HashSet<>();
        for (boolean more = true; more; ) {
            more = false;
            for (Extract child : List.copyOf(extracts.values())) {
                for (Constraint key : child.table().foreignKeys()) {
                    Constraint.ForeignKey target = key.foreignKey().orElseThrow();
                    Extract parent = extracts.get(target.table());
                    if (parent == null) {
                        continue;
                    }
                    Set<List<String>> missing = child.keys(key.columns());
                    missing.removeAll(parent.keys(target.columns()));
                    String where = target.table() + " " + target.columns();
                    missing.removeIf(k -> !asked.add(concat(where, k)));
                    more |= !missing.isEmpty();
                    inParts(missing).forEach(part -> byKey(parent, target.columns(), part));
                }
            }
        }
    }

    private static List<String> concat(String first, List<String> rest) {
        List<String> all = new ArrayList<>(List.of(first));
        all.addAll(rest);
        return List.copyOf(all);
    }

    private static List<List<List<String>>> inParts(Collection<List<String>> keys) {
        List<List<String>> all = List.copyOf(keys);
        List<List<List<String>>> parts = new ArrayList<>();
        for (int from = 0; from < all.size(); from += KEYS_AT_ONCE) {
            parts.add(all.subList(from, Math.min(all.size(), from + KEYS_AT_ONCE)));
        }
        return parts;
    }

    private void byKey(Extract parent, List<String> columns, List<List<String>> keys) {
        List<String> arrays = new ArrayList<>();
        List<String> names = new ArrayList<>();
        List<String> values = new ArrayList<>();
        for (int i = 0; i < columns.size(); i++) {
            int at = i;
            arrays.add(TextArrays.literal(keys.stream().map(key -> key.get(at)).toList()));
            names.add("v" + i);
            values.add("k.v" + i + "::"
                    + parent.table().column(columns.get(i)).orElseThrow().type().formatted());
        }
        read(
                parent,
                " WHERE ("
                        + String.join(
                                ", ",
                                columns.stream()
                                        .map(c -> "t." + Identifier.quote(c))
                                        .toList())
                        + ") IN (SELECT " + String.join(", ", values) + " FROM unnest(" + String.join(", ", arrays)
                        + ") AS k(" + String.join(", ", names) + "))");
    }

    private void read(Extract extract, String rest) {
        String from = extract.table().kind() == Table.Kind.PARTITIONED ? "" : "ONLY ";
        List<String> outputs = new ArrayList<>(List.of("t.tableoid::bigint || ':' || t.ctid::text"));
        extract.columns().forEach(c -> outputs.add("t." + Identifier.quote(c.name()) + "::text"));
        session.query(
                "SELECT " + String.join(", ", outputs) + " FROM " + from
                        + extract.table().name().quoted() + " t" + rest,
                row -> extract.rows()
                                .putIfAbsent(
                                        row.text(1),
                                        values(row, extract.columns().size()))
                        == null);
    }

    private static List<Optional<String>> values(Row row, int count) {
        List<Optional<String>> values = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            values.add(row.textIfAny(i + 2));
        }
        return List.copyOf(values);
    }
}
