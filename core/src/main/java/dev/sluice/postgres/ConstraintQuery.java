package dev.sluice.postgres;

import dev.sluice.catalog.Constraint;
import dev.sluice.catalog.Constraint.Action;
import dev.sluice.catalog.Constraint.ForeignKey;
import dev.sluice.catalog.Constraint.Kind;
import dev.sluice.db.Row;
import dev.sluice.sql.Identifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads {@code pg_constraint}: constraints of tables and domains. Constraint triggers are left to the triggers. */
final class ConstraintQuery {

    // Before PostgreSQL 18 a foreign key to a partitioned table has helper rows on the same table, one per partition
    // (conparentid
    // on the same conrelid): implementation, not something anybody declared
    private static final String SQL = """
            SELECT c.oid, c.conrelid, c.contypid, c.conname, c.contype,
                   CASE WHEN c.contype <> 'n' THEN pg_get_constraintdef(c.oid) END, c.convalidated,
                   c.condeferrable, c.condeferred, %s, c.connoinherit AND c.contype IN ('c', 'n'), c.conislocal, c.coninhcount,
                   c.conkey::text, fn.nspname, f.relname, c.confrelid, c.confkey::text,
                   CASE WHEN c.contype = 'f' AND fn.nspname <> ALL (?) THEN
                       ARRAY(SELECT a.attname FROM unnest(c.confkey) WITH ORDINALITY k(num, pos)
                             JOIN pg_attribute a ON a.attrelid = c.confrelid AND a.attnum = k.num ORDER BY k.pos) END,
                   c.confupdtype, c.confdeltype, c.confmatchtype = 'f', i.relname, t.tgconstraint IS NOT NULL,
                   d.description
            FROM pg_constraint c
            JOIN pg_namespace n ON n.oid = c.connamespace
            LEFT JOIN pg_constraint p ON c.conparentid <> 0 AND p.oid = c.conparentid AND p.conrelid = c.conrelid
            LEFT JOIN pg_class f ON f.oid = c.confrelid
            LEFT JOIN pg_namespace fn ON fn.oid = f.relnamespace
            LEFT JOIN (SELECT DISTINCT tgconstraint FROM pg_trigger
                       WHERE tgisinternal AND tgenabled <> 'O' AND tgconstraint <> 0) t
                   ON c.contype = 'f' AND t.tgconstraint = c.oid
            LEFT JOIN pg_class i ON i.oid = c.conindid
            LEFT JOIN pg_description d ON d.classoid = 'pg_constraint'::regclass AND d.objoid = c.oid AND d.objsubid = 0
            WHERE c.contype IN ('c', 'f', 'n', 'p', 'u', 'x') AND n.nspname = ANY (?) AND p.oid IS NULL
            ORDER BY c.conrelid, c.conname""";

    /** A constraint's place in the catalog; {@code relation} or {@code type} is 0. */
    record Place(long oid, long relation, long type, Constraint constraint) {}

    private final List<Place> places;
    private final Map<Long, List<Constraint>> byRelation = new HashMap<>();
    private final Map<Long, List<Constraint>> byType = new HashMap<>();

    private ConstraintQuery(List<Place> places) {
        this.places = places;
        for (Place place : places) {
            Map<Long, List<Constraint>> owners = place.relation() != 0 ? byRelation : byType;
            long owner = place.relation() != 0 ? place.relation() : place.type();
            owners.computeIfAbsent(owner, oid -> new ArrayList<>()).add(place.constraint());
        }
    }

    static ConstraintQuery read(Reading reading, ColumnQuery columns) {
        String sql = SQL.formatted(reading.since(18, "c.conenforced", "true"));
        return new ConstraintQuery(
                reading.session().query(sql, row -> place(row, columns), reading.schemas(), reading.schemas()));
    }

    List<Place> all() {
        return places;
    }

    List<Constraint> ofRelation(long oid) {
        return byRelation.getOrDefault(oid, List.of());
    }

    List<Constraint> ofType(long oid) {
        return byType.getOrDefault(oid, List.of());
    }

    private static Place place(Row row, ColumnQuery tables) {
        Kind kind = kind(row.text(5));
        long relation = row.number(2);
        List<String> columns = tables.names(relation, attnums(row, 14));
        Constraint constraint = new Constraint(
                row.text(4),
                kind,
                columns,
                row.textIfAny(6).orElseGet(() -> notNullDefinition(row, columns)),
                row.bool(7),
                row.bool(8),
                row.bool(9),
                row.bool(10),
                row.bool(11),
                row.bool(12),
                row.integer(13),
                kind == Kind.FOREIGN_KEY ? Optional.of(foreignKey(row, tables)) : Optional.empty(),
                row.textIfAny(23),
                row.bool(24),
                row.textIfAny(25));
        return new Place(row.number(1), relation, row.number(3), constraint);
    }

    /** What {@code pg_get_constraintdef} prints; there is one per NOT NULL column, too many to ask the server for. */
    private static String notNullDefinition(Row row, List<String> columns) {
        String subject = columns.isEmpty() ? "NOT NULL" : "NOT NULL " + Identifier.quote(columns.get(0));
        return subject + (row.bool(11) ? " NO INHERIT" : "") + (row.bool(7) ? "" : " NOT VALID");
    }

    private static ForeignKey foreignKey(Row row, ColumnQuery tables) {
        // names come with the row when the referenced table is in a schema that is not read
        List<String> named = row.texts(19);
        List<String> columns = named.isEmpty() ? tables.names(row.number(17), attnums(row, 18)) : named;
        return new ForeignKey(Reading.name(row, 15), columns, action(row.text(20)), action(row.text(21)), row.bool(22));
    }

    /** A {@code smallint[]} printed as <code>{1,2}</code>; cheaper than a driver's array, thirty thousand times. */
    private static List<Integer> attnums(Row row, int column) {
        return row.textIfAny(column)
                .map(text -> Arrays.stream(text.substring(1, text.length() - 1).split(","))
                        .filter(number -> !number.isEmpty())
                        .map(Integer::valueOf)
                        .toList())
                .orElse(List.of());
    }

    private static Kind kind(String letter) {
        return switch (letter) {
            case "c" -> Kind.CHECK;
            case "f" -> Kind.FOREIGN_KEY;
            case "n" -> Kind.NOT_NULL;
            case "p" -> Kind.PRIMARY_KEY;
            case "u" -> Kind.UNIQUE;
            case "x" -> Kind.EXCLUSION;
            default -> throw new IllegalStateException("unknown contype " + letter);
        };
    }

    private static Action action(String letter) {
        return switch (letter) {
            case "a" -> Action.NO_ACTION;
            case "r" -> Action.RESTRICT;
            case "c" -> Action.CASCADE;
            case "n" -> Action.SET_NULL;
            case "d" -> Action.SET_DEFAULT;
            default -> throw new IllegalStateException("unknown foreign key action " + letter);
        };
    }
}
