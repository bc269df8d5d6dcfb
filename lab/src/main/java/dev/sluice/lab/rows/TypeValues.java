package dev.sluice.lab.rows;

import dev.sluice.catalog.Catalog;
import dev.sluice.catalog.Column;
import dev.sluice.catalog.Table;
import dev.sluice.catalog.TypeRef;
import dev.sluice.catalog.UserType;
import dev.sluice.sql.QualifiedName;
import java.math.BigDecimal;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Which {@link Values} a type has. Domains have those of their base type: whether the checks hold is for PostgreSQL to say.
 * A type that nobody here knows (of an extension) gets a mixture of texts that many types take, for PostgreSQL to sort out.
 *
 * @param longest most characters or bytes of a value; what is indexed must fit into an index entry
 */
record TypeValues(Catalog catalog, int longest) {

    private static final int INTERVALS_CAN_BE_INFINITE = 17;
    private static final int TYPMOD_HEADER = 4;
    private static final int SCALE_BITS = 11;

    private static final Values GUESSES = Values.of(List.of(
            "",
            "1",
            "2",
            "3.5",
            "a",
            "b",
            "abc",
            "a.b",
            "(1,2)",
            "[1,2]",
            "[1,2,3]",
            "{}",
            "{1,2}",
            "{\"a\": 1}",
            "<1>",
            "POINT(1 2)",
            "2024-01-01",
            "10.0.0.1",
            "a=>1",
            "1.0.0",
            "x'00'",
            "978-0-11-000533-4"));

    Values of(TypeRef type) {
        return switch (type.category()) {
            case ARRAY ->
                type.element()
                        .map(element -> NestedValues.arrays(named(element, type.typmod()), delimiter(element)))
                        .orElse(GUESSES);
            case MULTIRANGE -> multirange(type);
            default -> named(type.name(), type.typmod());
        };
    }

    private static char delimiter(QualifiedName element) {
        return element.name().equals("box") ? ';' : ',';
    }

    private Values named(QualifiedName name, int typmod) {
        if (name.schema().equals("pg_catalog")) {
            return builtin(name.name(), typmod);
        }
        Optional<UserType> known = catalog.type(name);
        if (known.isPresent()) {
            return user(known.get());
        }
        return catalog.table(name).map(Table::columns).map(this::row).orElseGet(() -> ofExtension(name.name()));
    }

    private Values user(UserType type) {
        return switch (type.kind()) {
            case ENUM -> type.labels().isEmpty() ? GUESSES : Values.of(type.labels());
            case DOMAIN -> type.baseType().map(this::of).orElse(GUESSES);
            case COMPOSITE -> row(type.attributes());
            case RANGE -> type.baseType().map(this::range).orElse(GUESSES);
            case BASE -> GUESSES;
        };
    }

    private Values row(List<Column> columns) {
        return NestedValues.rows(
                columns.stream().map(column -> of(column.type())).toList());
    }

    private Values range(TypeRef subtype) {
        return NestedValues.ranges(of(subtype), order(subtype.name().name()));
    }

    private Values range(String subtype) {
        return NestedValues.ranges(builtin(subtype, -1), order(subtype));
    }

    /** Of texts it is not known here, so that both bounds must be one: all are equal. */
    private static Comparator<String> order(String subtype) {
        return switch (subtype) {
            case "int2", "int4", "int8", "numeric", "float4", "float8" -> Comparator.comparing(BigDecimal::new);
            default -> Comparator.naturalOrder();
        };
    }

    private Values multirange(TypeRef type) {
        return switch (type.name().name()) {
            case "int4multirange" -> NestedValues.multiranges(range("int4"));
            case "int8multirange" -> NestedValues.multiranges(range("int8"));
            case "nummultirange" -> NestedValues.multiranges(range("numeric"));
            case "datemultirange" -> NestedValues.multiranges(range("date"));
            case "tsmultirange" -> NestedValues.multiranges(range("timestamp"));
            case "tstzmultirange" -> NestedValues.multiranges(range("timestamptz"));
            default ->
                catalog.types().values().stream()
                        .filter(range -> range.details().contains("multirange=" + type.formatted()))
                        .findFirst()
                        .map(range -> NestedValues.multiranges(user(range)))
                        .orElse(GUESSES);
        };
    }

    private static Values ofExtension(String name) {
        return switch (name) {
            case "citext" -> new TextValues(1_000);
            case "hstore" -> DocumentValues.hstore();
            case "ltree" -> DocumentValues.ltree();
            case "vector" ->
                random -> NestedValues.arrays(NumberValues.integers(0, 9), ',').next(random);
            default -> GUESSES;
        };
    }

    private Values builtin(String name, int typmod) {
        return switch (name) {
            case "bool" -> Values.of(List.of("true", "false"));
            case "int2" -> NumberValues.integers(Short.MIN_VALUE, Short.MAX_VALUE);
            case "int4" -> NumberValues.integers(Integer.MIN_VALUE, Integer.MAX_VALUE);
            case "int8" -> NumberValues.integers(Long.MIN_VALUE, Long.MAX_VALUE);
            case "oid", "xid", "cid" -> NumberValues.integers(0, 0xffffffffL);
            case "xid8" -> NumberValues.integers(0, Long.MAX_VALUE);
            case "numeric" -> numeric(typmod);
            case "float4" -> NumberValues.floats(false);
            case "float8" -> NumberValues.floats(true);
            case "money" -> NumberValues.money();
            case "text" -> new TextValues(longest);
            case "varchar" -> new TextValues(typmod < 0 ? longest : Math.min(longest, typmod - TYPMOD_HEADER));
            case "bpchar" -> new TextValues(typmod < 0 ? longest : Math.min(longest, typmod - TYPMOD_HEADER));
            case "name" -> new TextValues(15);
            case "char" -> Values.of(List.of("a", "b", "c", "x", "Z", "0", " ", "'"));
            case "bytea" -> BinaryValues.bytes(longest);
            case "uuid" -> BinaryValues.uuids();
            case "bit" -> BinaryValues.bits(typmod < 0 ? 1 : typmod, false);
            case "varbit" -> BinaryValues.bits(typmod < 0 ? 64 : typmod, true);
            case "json" -> DocumentValues.json(true);
            case "jsonb" -> DocumentValues.json(false);
            case "jsonpath" -> Values.of(List.of("$", "$.a", "$.a[*] ? (@ > 1)", "strict $.b", "$.\"x y\""));
            case "xml" -> DocumentValues.xml();
            case "tsvector" -> DocumentValues.tsvector();
            case "tsquery" -> DocumentValues.tsquery();
            case "date" -> TimeValues.dates();
            case "time" -> TimeValues.times(false);
            case "timetz" -> TimeValues.times(true);
            case "timestamp" -> TimeValues.timestamps(false);
            case "timestamptz" -> TimeValues.timestamps(true);
            case "interval" -> TimeValues.intervals(catalog.majorVersion() >= INTERVALS_CAN_BE_INFINITE);
            case "inet" -> NetworkValues.inet();
            case "cidr" -> NetworkValues.cidr();
            case "macaddr" -> NetworkValues.mac(6);
            case "macaddr8" -> NetworkValues.mac(8);
            case "point" -> GeometricValues.points();
            case "line" -> GeometricValues.lines();
            case "lseg" -> GeometricValues.segments();
            case "box" -> GeometricValues.boxes();
            case "path" -> GeometricValues.paths();
            case "polygon" -> GeometricValues.polygons();
            case "circle" -> GeometricValues.circles();
            case "int4range" -> range("int4");
            case "int8range" -> range("int8");
            case "numrange" -> range("numeric");
            case "daterange" -> range("date");
            case "tsrange" -> range("timestamp");
            case "tstzrange" -> range("timestamptz");
            case "pg_lsn" -> Values.of(List.of("0/0", "0/16B3748", "FFFFFFFF/FFFFFFFF"));
            case "pg_snapshot", "txid_snapshot" -> Values.of(List.of("10:20:10,14", "1:1:"));
            case "tid" -> Values.of(List.of("(0,1)", "(1,2)", "(4294967295,65535)"));
            case "oidvector", "int2vector" -> Values.of(List.of("", "1", "1 2 3"));
            case "regclass" -> Values.of(List.of("pg_catalog.pg_class", "pg_catalog.pg_type"));
            case "regtype" -> Values.of(List.of("integer", "text"));
            case "regproc" -> Values.of(List.of("pg_catalog.now", "pg_catalog.version"));
            case "regprocedure" -> Values.of(List.of("pg_catalog.lower(text)", "pg_catalog.now()"));
            case "regnamespace" -> Values.of(List.of("pg_catalog", "public"));
            case "regrole" -> Values.of(List.of("pg_monitor"));
            case "regconfig" -> Values.of(List.of("simple", "english"));
            case "regdictionary" -> Values.of(List.of("simple"));
            case "regcollation" -> Values.of(List.of("pg_catalog.\"C\""));
            case "regoper", "regoperator" -> Values.of(List.of("0"));
            case "aclitem" -> Values.of(List.of("=r/postgres"));
            default -> GUESSES;
        };
    }

    /** The modifier holds precision and scale (numeric.c, numeric_typmod_scale): 16 bits and 11, the scale with a sign. */
    private static Values numeric(int typmod) {
        if (typmod < TYPMOD_HEADER) {
            return NumberValues.numeric();
        }
        int packed = typmod - TYPMOD_HEADER;
        int scale = (packed & 0x7ff) << 32 - SCALE_BITS >> 32 - SCALE_BITS;
        return NumberValues.numeric(packed >> 16 & 0xffff, scale);
    }
}
