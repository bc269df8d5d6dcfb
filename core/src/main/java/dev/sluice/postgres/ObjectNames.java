package dev.sluice.postgres;

import dev.sluice.catalog.Index;
import dev.sluice.catalog.ObjectRef;
import dev.sluice.catalog.ObjectRef.Kind;
import dev.sluice.db.Session;
import dev.sluice.postgres.RelationQuery.Relation;
import dev.sluice.sql.QualifiedName;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What an address in {@code pg_depend} (class, object, column) is called in the catalog. Filled while the catalog is read. */
final class ObjectNames {

    // PostgreSQL's own: object ids of system catalogs, asked for once rather than known by heart
    private static final String CLASSES = """
            SELECT relname, oid FROM pg_class
            WHERE relnamespace = 'pg_catalog'::regnamespace AND relkind = 'r'""";

    private static final String PARTS = """
            SELECT 'pg_attrdef', d.oid, d.adrelid, d.adnum::int, '' FROM pg_attrdef d
            UNION ALL SELECT 'pg_rewrite', r.oid, r.ev_class, 0, '' FROM pg_rewrite r
                      WHERE r.rulename = '_RETURN' AND r.oid >= %d
            UNION ALL SELECT 'pg_publication_rel', r.oid, 0, 0, p.pubname
                      FROM pg_publication_rel r JOIN pg_publication p ON p.oid = r.prpubid
            UNION ALL SELECT 'pg_publication', p.oid, 0, 0, p.pubname FROM pg_publication p
            UNION ALL SELECT 'pg_event_trigger', t.oid, 0, 0, t.evtname FROM pg_event_trigger t
            """.formatted(OtherObjectQuery.FIRST_USER_OID);

    private record Address(long classOid, long objectOid) {}

    private final Map<String, Long> classes = new HashMap<>();
    private final Map<Address, ObjectRef> names = new HashMap<>();
    private final Map<Long, ObjectRef> relations = new HashMap<>();
    private final ColumnQuery columns;
    private final long pgClass;

    ObjectNames(Session session, ColumnQuery columns) {
        this.columns = columns;
        session.query(CLASSES, row -> classes.put(row.text(1), row.number(2)) == null);
        this.pgClass = classOid("pg_class");
    }

    Optional<ObjectRef> find(long classOid, long objectOid, int column) {
        ObjectRef whole = names.get(new Address(classOid, objectOid));
        if (whole == null) {
            return Optional.empty();
        }
        if (column == 0 || classOid != pgClass) {
            return Optional.of(whole);
        }
        Optional<String> name = columns.name(objectOid, column);
        return name.isPresent() ? Optional.of(ObjectRef.of(Kind.COLUMN, whole.name(), name.get())) : Optional.empty();
    }

    void add(String catalog, long oid, ObjectRef name) {
        names.put(new Address(classOid(catalog), oid), name);
    }

    void addRelation(Relation relation) {
        ObjectRef name = ObjectRef.of(kind(relation.kind()), relation.name());
        relations.put(relation.oid(), name);
        add("pg_class", relation.oid(), name);
    }

    void addIndex(Index index) {
        ObjectRef name = ObjectRef.of(Kind.INDEX, index.name());
        relations.put(index.oid(), name);
        add("pg_class", index.oid(), name);
    }

    /** Row types are called like their relation, arrays like their element. */
    void addTypes(TypeNames types, Set<String> schemas) {
        types.forEach((oid, entry) -> {
            if (schemas.contains(entry.name().schema())) {
                TypeNames.Entry element = entry.element() == 0 ? entry : types.get(entry.element());
                add("pg_type", oid, ObjectRef.of(Kind.TYPE, element.name()));
            }
        });
    }

    /** Something that belongs to a relation: a constraint, trigger, rule or policy. */
    void addPart(String catalog, long oid, Kind kind, long relation, String part) {
        ObjectRef owner = relations.get(relation);
        if (owner != null) {
            add(catalog, oid, ObjectRef.of(kind, owner.name(), part));
        }
    }

    /** Adds what the catalog's records do not carry object ids of: defaults, view rules, publications. */
    void addUnrecorded(Session session) {
        session.query(PARTS, row -> {
            String catalog = row.text(1);
            switch (catalog) {
                case "pg_attrdef" ->
                    columns.name(row.number(3), row.integer(4))
                            .ifPresent(column -> addPart(catalog, row.number(2), Kind.DEFAULT, row.number(3), column));
                case "pg_rewrite" ->
                    Optional.ofNullable(relations.get(row.number(3)))
                            .ifPresent(view -> add(catalog, row.number(2), view));
                case "pg_event_trigger" -> add(catalog, row.number(2), global(Kind.EVENT_TRIGGER, row.text(5)));
                default -> add(catalog, row.number(2), global(Kind.PUBLICATION, row.text(5)));
            }
            return true;
        });
    }

    private static ObjectRef global(Kind kind, String name) {
        return ObjectRef.of(kind, QualifiedName.of("", name));
    }

    private long classOid(String catalog) {
        Long oid = classes.get(catalog);
        if (oid == null) {
            throw new IllegalStateException("this server has no " + catalog);
        }
        return oid;
    }

    private static Kind kind(String relkind) {
        return switch (relkind) {
            case "v" -> Kind.VIEW;
            case "m" -> Kind.MATERIALIZED_VIEW;
            case "S" -> Kind.SEQUENCE;
            case "c" -> Kind.TYPE;
            default -> Kind.TABLE;
        };
    }
}
