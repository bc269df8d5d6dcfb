package dev.sluice.postgres;

import dev.sluice.catalog.Routine;
import dev.sluice.catalog.Routine.Kind;
import dev.sluice.catalog.Routine.Volatility;
import dev.sluice.db.Row;
import dev.sluice.sql.QualifiedName;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads {@code pg_proc}: functions, procedures, aggregates and window functions. */
final class RoutineQuery {

    // deptype 'i': constructors that belong to a range type
    private static final String SQL = """
            SELECT p.oid, n.nspname, p.proname, pg_get_function_identity_arguments(p.oid), p.prokind,
                   pg_get_userbyid(p.proowner), l.lanname, pg_get_function_result(p.oid), p.prosrc, p.prosqlbody IS NOT NULL,
                   CASE WHEN p.prokind <> 'a' THEN pg_get_functiondef(p.oid) ELSE concat_ws(E'\\n',
                       'kind ' || a.aggkind::text, 'direct arguments ' || a.aggnumdirectargs,
                       'sfunc ' || a.aggtransfn::text, 'stype ' || format_type(a.aggtranstype, NULL),
                       'sspace ' || a.aggtransspace, 'initcond ' || a.agginitval,
                       'finalfunc ' || a.aggfinalfn::text, 'finalfunc extra ' || a.aggfinalextra,
                       'finalfunc modify ' || a.aggfinalmodify::text, 'combinefunc ' || a.aggcombinefn::text,
                       'serialfunc ' || a.aggserialfn::text, 'deserialfunc ' || a.aggdeserialfn::text,
                       'msfunc ' || a.aggmtransfn::text, 'minvfunc ' || a.aggminvtransfn::text,
                       'mstype ' || format_type(a.aggmtranstype, NULL), 'msspace ' || a.aggmtransspace,
                       'minitcond ' || a.aggminitval, 'mfinalfunc ' || a.aggmfinalfn::text,
                       'mfinalfunc extra ' || a.aggmfinalextra, 'mfinalfunc modify ' || a.aggmfinalmodify::text,
                       'sortop ' || a.aggsortop::regoperator::text, 'parallel ' || p.proparallel::text) END,
                   p.provolatile, p.proisstrict, p.prosecdef, p.proleakproof, p.proconfig,
                   coalesce(p.proallargtypes, p.proargtypes::oid[])::text[], p.prorettype,
                   d.description, coalesce(p.proacl, acldefault('f', p.proowner))::text[]
            FROM pg_proc p
            JOIN pg_namespace n ON n.oid = p.pronamespace
            JOIN pg_language l ON l.oid = p.prolang
            LEFT JOIN pg_aggregate a ON a.aggfnoid = p.oid
            LEFT JOIN pg_description d ON d.classoid = 'pg_proc'::regclass AND d.objoid = p.oid AND d.objsubid = 0
            WHERE n.nspname = ANY (?)
              AND NOT EXISTS (SELECT FROM pg_depend e
                              WHERE e.classid = 'pg_proc'::regclass AND e.objid = p.oid AND e.deptype IN ('e', 'i'))
            ORDER BY n.nspname, p.proname, 4""";

    private RoutineQuery() {}

    static List<Routine> read(Reading reading) {
        return reading.session().query(SQL, row -> routine(reading, row), reading.schemas());
    }

    private static Routine routine(Reading reading, Row row) {
        return new Routine(
                Reading.name(row, 2),
                row.text(4),
                row.number(1),
                kind(row.text(5)),
                row.text(6),
                row.text(7),
                row.textIfAny(8),
                row.text(9),
                row.bool(10),
                row.text(11),
                volatility(row.text(12)),
                row.bool(13),
                row.bool(14),
                row.bool(15),
                row.texts(16),
                rowTypes(reading, row),
                row.textIfAny(19),
                reading.grants(row, 20));
    }

    /** Arguments and result that are the row type of a relation, or an array of it. */
    private static List<QualifiedName> rowTypes(Reading reading, Row row) {
        List<Long> oids = new ArrayList<>();
        row.texts(17).forEach(oid -> oids.add(Long.valueOf(oid)));
        oids.add(row.number(18));
        List<QualifiedName> rowTypes = new ArrayList<>();
        for (long oid : oids) {
            Optional<TypeNames.Entry> type = reading.types().find(oid);
            Optional<TypeNames.Entry> element = type.filter(entry -> entry.element() != 0)
                    .flatMap(entry -> reading.types().find(entry.element()));
            element.or(() -> type)
                    .filter(entry -> entry.relation() != 0)
                    .map(TypeNames.Entry::name)
                    .filter(name -> !rowTypes.contains(name))
                    .ifPresent(rowTypes::add);
        }
        return rowTypes;
    }

    private static Kind kind(String letter) {
        return switch (letter) {
            case "f" -> Kind.FUNCTION;
            case "p" -> Kind.PROCEDURE;
            case "a" -> Kind.AGGREGATE;
            case "w" -> Kind.WINDOW;
            default -> throw new IllegalStateException("unknown prokind " + letter);
        };
    }

    private static Volatility volatility(String letter) {
        return switch (letter) {
            case "i" -> Volatility.IMMUTABLE;
            case "s" -> Volatility.STABLE;
            case "v" -> Volatility.VOLATILE;
            default -> throw new IllegalStateException("unknown provolatile " + letter);
        };
    }
}
