package dev.sluice.postgres;

import dev.sluice.catalog.Dependencies;
import dev.sluice.catalog.Dependency;
import dev.sluice.catalog.ObjectRef;
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
        reading.session().query(SQL, row -> {
            Optional<ObjectRef> dependent = names.find(row.number(1), row.number(2), row.integer(3));
            Optional<ObjectRef> referenced = names.find(row.number(4), row.number(5), row.integer(6));
            return dependent.isPresent()
                    && referenced.isPresent()
                    && !isSame(dependent.get(), referenced.get())
                    && all.add(new Dependency(dependent.get(), referenced.get(), kind(row.text(7))));
        });
        return Dependencies.of(List.copyOf(all));
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
