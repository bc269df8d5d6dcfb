package dev.sluice.postgres;

import dev.sluice.catalog.Column;
import dev.sluice.catalog.Column.Generated;
import dev.sluice.catalog.Column.Identity;
import dev.sluice.catalog.Column.Storage;
import dev.sluice.db.Row;
import dev.sluice.sql.QualifiedName;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads {@code pg_attribute} of relations: their live columns, in order. */
final class ColumnQuery {

    private static final String SQL = """
            SELECT a.attrelid, a.attname, a.attnum, a.atttypid, a.atttypmod, format_type(a.atttypid, a.atttypmod),
                   a.attnotnull, pg_get_expr(ad.adbin, ad.adrelid), a.attidentity, a.attgenerated,
                   cn.nspname, co.collname, a.attstorage, a.attcompression,
                   CASE WHEN a.attstattarget >= 0 THEN a.attstattarget END,
                   a.attoptions || a.attfdwoptions,
                   d.description, a.attacl::text[], a.atthasmissing, NOT a.attislocal
            FROM pg_attribute a
            JOIN pg_type t ON t.oid = a.atttypid
            LEFT JOIN pg_attrdef ad ON a.atthasdef AND ad.adrelid = a.attrelid AND ad.adnum = a.attnum
            LEFT JOIN pg_collation co ON a.attcollation <> t.typcollation AND co.oid = a.attcollation
            LEFT JOIN pg_namespace cn ON cn.oid = co.collnamespace
            LEFT JOIN pg_description d
                   ON d.classoid = 'pg_class'::regclass AND d.objoid = a.attrelid AND d.objsubid = a.attnum
            WHERE a.attrelid = ANY (CAST(? AS oid[])) AND a.attnum > 0 AND NOT a.attisdropped
            ORDER BY a.attrelid, a.attnum""";

    private static final String OWNED_SEQUENCES = """
            SELECT d.refobjid, d.refobjsubid, n.nspname, s.relname
            FROM pg_depend d
            JOIN pg_class s ON s.oid = d.objid AND s.relkind = 'S'
            JOIN pg_namespace n ON n.oid = s.relnamespace
            WHERE d.classid = 'pg_class'::regclass AND d.refclassid = 'pg_class'::regclass
              AND d.refobjsubid > 0 AND d.deptype IN ('a', 'i')
            ORDER BY s.oid DESC""";

    /** A column by the object id of its table and its number. */
    record Position(long relation, int attnum) {}

    private final Map<Long, List<Column>> byRelation = new HashMap<>();

    private ColumnQuery() {}

    static ColumnQuery read(Reading reading, Collection<Long> relations) {
        ColumnQuery columns = new ColumnQuery();
        Map<Position, QualifiedName> sequences = new HashMap<>();
        reading.ofRelations(
                OWNED_SEQUENCES,
                row -> sequences.put(new Position(row.number(1), row.integer(2)), Reading.name(row, 3)) == null);
        reading.ofRelations(
                SQL,
                row -> columns.byRelation
                        .computeIfAbsent(row.number(1), oid -> new ArrayList<>())
                        .add(column(reading, row, sequences)),
                relations);
        return columns;
    }

    List<Column> of(long relation) {
        return byRelation.getOrDefault(relation, List.of());
    }

    /** The names of columns by their numbers; numbers below 1 (system columns, expressions) are left out. */
    List<String> names(long relation, Collection<Integer> attnums) {
        List<String> names = new ArrayList<>();
        for (int attnum : attnums) {
            name(relation, attnum).ifPresent(names::add);
        }
        return names;
    }

    Optional<String> name(long relation, int attnum) {
        for (Column column : of(relation)) {
            if (column.attnum() == attnum) {
                return Optional.of(column.name());
            }
        }
        return Optional.empty();
    }

    private static Column column(Reading reading, Row row, Map<Position, QualifiedName> sequences) {
        Generated generated = generated(row.text(10));
        Optional<String> expression = row.textIfAny(8);
        Optional<String> none = Optional.empty();
        return new Column(
                row.text(2),
                row.integer(3),
                reading.types().reference(row.number(4), row.integer(5), row.text(6)),
                row.bool(7),
                generated == Generated.NONE ? expression : none,
                identity(row.text(9)),
                generated,
                generated == Generated.NONE ? none : expression,
                Reading.nameIfAny(row, 11),
                storage(row.text(13)),
                compression(row.text(14)),
                row.numberIfAny(15).map(Math::toIntExact),
                Reading.sorted(row.texts(16)),
                row.textIfAny(17),
                reading.grants(row, 18),
                Optional.ofNullable(sequences.get(new Position(row.number(1), row.integer(3)))),
                row.bool(19),
                row.bool(20));
    }

    private static Identity identity(String letter) {
        return switch (letter) {
            case "" -> Identity.NONE;
            case "a" -> Identity.ALWAYS;
            case "d" -> Identity.BY_DEFAULT;
            default -> throw new IllegalStateException("unknown attidentity " + letter);
        };
    }

    private static Generated generated(String letter) {
        return switch (letter) {
            case "" -> Generated.NONE;
            case "s" -> Generated.STORED;
            case "v" -> Generated.VIRTUAL;
            default -> throw new IllegalStateException("unknown attgenerated " + letter);
        };
    }

    private static Storage storage(String letter) {
        return switch (letter) {
            case "p" -> Storage.PLAIN;
            case "e" -> Storage.EXTERNAL;
            case "m" -> Storage.MAIN;
            case "x" -> Storage.EXTENDED;
            default -> throw new IllegalStateException("unknown attstorage " + letter);
        };
    }

    private static Optional<String> compression(String letter) {
        return switch (letter) {
            case "" -> Optional.empty();
            case "p" -> Optional.of("pglz");
            case "l" -> Optional.of("lz4");
            default -> Optional.of(letter);
        };
    }
}
