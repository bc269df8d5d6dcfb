package dev.sluice.postgres;

import dev.sluice.catalog.TypeRef;
import dev.sluice.catalog.TypeRef.Category;
import dev.sluice.db.Row;
import dev.sluice.db.Session;
import dev.sluice.sql.QualifiedName;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;

/** Every type of the database by object id, built-in ones and row types included: what type references resolve to. */
final class TypeNames {

    private static final String SQL = """
            SELECT t.oid, n.nspname, t.typname, t.typtype,
                   CASE WHEN t.typelem <> 0 AND t.typlen = -1 AND t.typcategory = 'A' THEN t.typelem ELSE 0 END,
                   t.typbasetype, t.typrelid
            FROM pg_type t JOIN pg_namespace n ON n.oid = t.typnamespace""";

    /**
     * One type.
     *
     * @param element object id of an array's element type, else 0
     * @param base object id of a domain's base type, else 0
     * @param relation object id of the relation it is the row type of, else 0
     */
    record Entry(QualifiedName name, String typtype, long element, long base, long relation) {}

    private final Map<Long, Entry> byOid = new HashMap<>();

    static TypeNames read(Session session) {
        TypeNames names = new TypeNames();
        session.query(SQL, row -> names.byOid.put(row.number(1), entry(row)) == null);
        return names;
    }

    private static Entry entry(Row row) {
        return new Entry(
                QualifiedName.of(row.text(2), row.text(3)), row.text(4), row.number(5), row.number(6), row.number(7));
    }

    Entry get(long oid) {
        Entry entry = byOid.get(oid);
        if (entry == null) {
            throw new IllegalStateException("type " + oid + " appeared while the catalog was read");
        }
        return entry;
    }

    void forEach(BiConsumer<Long, Entry> action) {
        byOid.forEach(action);
    }

    Optional<Entry> find(long oid) {
        return Optional.ofNullable(byOid.get(oid));
    }

    /** @param formatted what {@code format_type(oid, typmod)} printed */
    TypeRef reference(long oid, int typmod, String formatted) {
        Entry entry = get(oid);
        Optional<QualifiedName> element = Optional.empty();
        if (entry.element() != 0) {
            element = Optional.of(get(entry.element()).name());
        } else if (entry.base() != 0) {
            element = Optional.of(base(entry).name());
        }
        return new TypeRef(formatted, entry.name(), category(entry), typmod, element);
    }

    private Entry base(Entry domain) {
        Entry entry = domain;
        while (entry.base() != 0) {
            entry = get(entry.base());
        }
        return entry;
    }

    private static Category category(Entry entry) {
        if (entry.element() != 0) {
            return Category.ARRAY;
        }
        return switch (entry.typtype()) {
            case "c" -> Category.COMPOSITE;
            case "d" -> Category.DOMAIN;
            case "e" -> Category.ENUM;
            case "r" -> Category.RANGE;
            case "m" -> Category.MULTIRANGE;
            case "p" -> Category.PSEUDO;
            default -> Category.BASE;
        };
    }
}
