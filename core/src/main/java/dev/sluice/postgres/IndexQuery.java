package dev.sluice.postgres;

import dev.sluice.catalog.Index;
import dev.sluice.catalog.Index.Key;
import dev.sluice.db.Row;
import dev.sluice.sql.Identifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads {@code pg_index}. */
final class IndexQuery {

    private static final String SQL = """
            SELECT x.indrelid, n.nspname, c.relname, c.oid, tn.nspname, t.relname, am.amname, x.indisunique, x.indisprimary,
                   x.indisvalid, x.indisready, %s, x.indimmediate, pg_get_indexdef(x.indexrelid),
                   x.indkey::text, x.indnkeyatts,
                   CASE WHEN 0 = ANY (x.indkey::int2[]) THEN ARRAY(
                       SELECT pg_get_indexdef(x.indexrelid, k, false) FROM generate_series(1, x.indnkeyatts) k ORDER BY k) END,
                   pg_get_expr(x.indpred, x.indrelid), con.conname,
                   c.relpages::bigint * current_setting('block_size')::bigint,
                   pn.nspname, p.relname, ts.spcname, c.reloptions,
                   x.indisclustered, x.indisreplident,
                   CASE WHEN x.indexprs IS NOT NULL THEN ARRAY(SELECT a.attnum || '=' || a.attstattarget
                         FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attstattarget >= 0 ORDER BY a.attnum) END,
                   d.description, pg_stat_get_numscans(c.oid)
            FROM pg_index x
            JOIN pg_class c ON c.oid = x.indexrelid
            JOIN pg_namespace n ON n.oid = c.relnamespace
            JOIN pg_class t ON t.oid = x.indrelid
            JOIN pg_namespace tn ON tn.oid = t.relnamespace
            JOIN pg_am am ON am.oid = c.relam
            LEFT JOIN pg_constraint con ON con.conindid = c.oid AND con.contype IN ('p', 'u', 'x')
            LEFT JOIN pg_inherits i ON c.relispartition AND i.inhrelid = c.oid
            LEFT JOIN pg_class p ON p.oid = i.inhparent
            LEFT JOIN pg_namespace pn ON pn.oid = p.relnamespace
            LEFT JOIN pg_tablespace ts ON ts.oid = c.reltablespace
            LEFT JOIN pg_description d ON d.classoid = 'pg_class'::regclass AND d.objoid = c.oid AND d.objsubid = 0
            WHERE n.nspname = ANY (?)
            ORDER BY x.indrelid, c.relname""";

    /** An index with the counter that only its table's statistics want. */
    private record Counted(long relation, Index index, long scans) {}

    private final List<Index> all = new ArrayList<>();
    private final Map<Long, List<Index>> byRelation = new HashMap<>();
    private final Map<Long, Long> scans = new HashMap<>();

    private IndexQuery() {}

    static IndexQuery read(Reading reading, ColumnQuery columns) {
        IndexQuery indexes = new IndexQuery();
        String sql = SQL.formatted(reading.since(15, "x.indnullsnotdistinct", "false"));
        for (Counted counted : reading.ofRelations(sql, row -> counted(row, columns), reading.schemas())) {
            indexes.all.add(counted.index());
            indexes.byRelation
                    .computeIfAbsent(counted.relation(), oid -> new ArrayList<>())
                    .add(counted.index());
            indexes.scans.merge(counted.relation(), counted.scans(), Long::sum);
        }
        return indexes;
    }

    List<Index> all() {
        return all;
    }

    List<Index> of(long relation) {
        return byRelation.getOrDefault(relation, List.of());
    }

    /** Scans of all indexes of a relation since the statistics were reset. */
    long scans(long relation) {
        return scans.getOrDefault(relation, 0L);
    }

    private static Counted counted(Row row, ColumnQuery columns) {
        long relation = row.number(1);
        List<Integer> attnums =
                Arrays.stream(row.text(15).split(" ")).map(Integer::valueOf).toList();
        int keyCount = row.integer(16);
        List<String> printed = row.texts(17);
        List<Key> keys = new ArrayList<>();
        for (int i = 0; i < keyCount; i++) {
            Optional<String> column = columns.name(relation, attnums.get(i));
            String definition = printed.isEmpty() ? Identifier.quote(column.orElseThrow()) : printed.get(i);
            keys.add(new Key(column, definition));
        }
        Index index = new Index(
                Reading.name(row, 2),
                row.number(4),
                Reading.name(row, 5),
                row.text(7),
                row.bool(8),
                row.bool(9),
                row.bool(10),
                row.bool(11),
                row.bool(12),
                row.bool(13),
                row.text(14),
                keys,
                columns.names(relation, attnums.subList(keyCount, attnums.size())),
                row.textIfAny(18),
                row.textIfAny(19),
                row.number(20),
                Reading.nameIfAny(row, 21),
                row.textIfAny(23),
                Reading.sorted(row.texts(24)),
                row.bool(25),
                row.bool(26),
                row.texts(27),
                row.textIfAny(28));
        return new Counted(relation, index, row.number(29));
    }
}
