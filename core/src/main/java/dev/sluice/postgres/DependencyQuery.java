package dev.sluice.postgres;

import dev.sluice.catalog.Dependencies;
import dev.sluice.catalog.Dependency;
import dev.sluice.catalog.ObjectRef;
import dev.sluice.db.Row;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads {@code pg_depend} and says it in the user's terms; edges to or from things that are not in the catalog are left out. */
final class DependencyQuery {

    // What initdb made is never referenced through pg_depend from PostgreSQL 14 on, and membership of schemas says
    // nothing
    private static final String SQL = """
            SELECT d.classid, d.objid, d.objsubid, d.refclassid, d.refobjid, d.refobjsubid, d.deptype
            FROM pg_depend d
            WHERE d.refobjid >= %d AND d.objid >= %d AND d.deptype IN ('n', 'a', 'i', 'P', 'S')
              AND d.refclassid IN ('pg_class'::regclass, 'pg_proc'::regclass, 'pg_type'::regclass, 'pg_constraint'::regclass)
            """.formatted(OtherObjectQuery.FIRST_USER_OID, OtherObjectQuery.FIRST_USER_OID);

    private DependencyQuery() {}

    static Dependencies read(Reading reading, ObjectNames names) {
        Set<Dependency> all = new LinkedHashSet<>();
        List<Optional<Dependency>> edges = reading.session().query(SQL, row -> dependency(row, names));
        edges.forEach(edge -> edge.ifPresent(all::add));
        return Dependencies.of(List.copyOf(all));
    }

    private static Optional<Dependency> dependency(Row row, ObjectNames names) {
        Optional<ObjectRef> dependent = names.find(row.number(1), row.number(2), row.integer(3));
        if (dependent.isEmpty()) {
            return Optional.empty();
        }
        return names.find(row.number(4), row.number(5), row.integer(6))
                .filter(referenced -> !isSame(dependent.get(), referenced))
                .map(referenced -> new Dependency(dependent.get(), referenced, kind(row.text(7))));
    }

    /** Of the parts of one thing: a view's rule and the view, a relation's row type and the relation. */
    private static boolean isSame(ObjectRef dependent, ObjectRef referenced) {
        boolean rowType =
                dependent.kind() == ObjectRef.Kind.TYPE && dependent.name().equals(referenced.name());
        return rowType || dependent.equals(referenced);
    }

    private static Dependency.Kind kind(String letter) {
        return switch (letter) {
            case "n" -> Dependency.Kind.NORMAL;
            case "a" -> Dependency.Kind.AUTO;
            case "i" -> Dependency.Kind.INTERNAL;
            default -> Dependency.Kind.PARTITION;
        };
    }
}
