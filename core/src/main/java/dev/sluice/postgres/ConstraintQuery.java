package dev.sluice.postgres;

import dev.sluice.catalog.Constraint;
import dev.sluice.catalog.Constraint.Action;
import dev.sluice.catalog.Constraint.ForeignKey;
import dev.sluice.catalog.Constraint.Kind;
import dev.sluice.db.Row;
import dev.sluice.sql.QualifiedName;
import java.util.ArrayList;
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
            SELECT c.oid, c.conrelid, c.contypid, c.conname, c.contype, pg_get_constraintdef(c.oid), c.convalidated,
                   c.condeferrable, c.condeferred, %s, c.connoinherit, c.conislocal, c.coninhcount,
                   ARRAY(SELECT a.attname FROM unnest(c.conkey) WITH ORDINALITY k(num, pos)
                         JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = k.num ORDER BY k.pos),
                   fn.nspname, f.relname,
                   CASE WHEN c.contype = 'f' THEN ARRAY(SELECT a.attname FROM unnest(c.confkey) WITH ORDINALITY k(num, pos)
                         JOIN pg_attribute a ON a.attrelid = c.confrelid AND a.attnum = k.num ORDER BY k.pos) END,
                   c.confupdtype, c.confdeltype, c.confmatchtype = 'f', i.relname,
                   EXISTS (SELECT FROM pg_trigger t WHERE c.contype = 'f' AND t.tgisinternal
                           AND t.tgconstraint = c.oid AND t.tgenabled <> 'O'),
                   d.description
            FROM pg_constraint c
            JOIN pg_namespace n ON n.oid = c.connamespace
            LEFT JOIN pg_constraint p ON c.conparentid <> 0 AND p.oid = c.conparentid AND p.conrelid = c.conrelid
            LEFT JOIN pg_class f ON f.oid = c.confrelid
            LEFT JOIN pg_namespace fn ON fn.oid = f.relnamespace
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

    static ConstraintQuery read(Reading reading) {
        String sql = SQL.formatted(reading.since(18, "c.conenforced", "true"));
        return new ConstraintQuery(reading.session().query(sql, ConstraintQuery::place, reading.schemas()));
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

    private static Place place(Row row) {
        Kind kind = kind(row.text(5));
        Optional<ForeignKey> foreignKey = Optional.empty();
        if (kind == Kind.FOREIGN_KEY) {
            QualifiedName target = Reading.name(row, 15);
            foreignKey = Optional.of(
                    new ForeignKey(target, row.texts(17), action(row.text(18)), action(row.text(19)), row.bool(20)));
        }
        Constraint constraint = new Constraint(
                row.text(4),
                kind,
                row.texts(14),
                row.text(6),
                row.bool(7),
                row.bool(8),
                row.bool(9),
                row.bool(10),
                row.bool(11),
                row.bool(12),
                row.integer(13),
                foreignKey,
                row.textIfAny(21),
                row.bool(22),
                row.textIfAny(23));
        return new Place(row.number(1), row.number(2), row.number(3), constraint);
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
