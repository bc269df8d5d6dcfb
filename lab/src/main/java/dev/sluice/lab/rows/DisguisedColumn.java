package dev.sluice.lab.rows;

import dev.sluice.catalog.Catalog;
import dev.sluice.catalog.TypeRef;
import dev.sluice.catalog.UserType;
import dev.sluice.sql.QualifiedName;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How the values of a column are replaced; decided by its type alone. */
enum DisguisedColumn {
    /** Numbers, dates, booleans, enums, UUIDs, and what is made of them: they stay. */
    KEPT {
        @Override
        String replace(String value, Disguise disguise, Values values) {
            return value;
        }
    },
    /** Texts: see {@link Disguise}. */
    TEXT {
        @Override
        String replace(String value, Disguise disguise, Values values) {
            return disguise.text(value);
        }
    },
    /** JSON and hstore: strings are replaced, keys and everything else stay. */
    DOCUMENT {
        @Override
        String replace(String value, Disguise disguise, Values values) {
            Matcher strings = STRING.matcher(value);
            StringBuilder text = new StringBuilder();
            while (strings.find()) {
                boolean key = strings.group(2) != null;
                String replacement = key
                        ? strings.group()
                        : JsonStrings.quoted(disguise.text(JsonStrings.unquoted(strings.group(1))));
                strings.appendReplacement(text, Matcher.quoteReplacement(replacement));
            }
            return strings.appendTail(text).toString();
        }
    },
    /** Arrays of texts: element by element. */
    TEXTS {
        @Override
        String replace(String value, Disguise disguise, Values values) {
            Matcher elements = ELEMENT.matcher(value);
            StringBuilder text = new StringBuilder();
            while (elements.find()) {
                String element = elements.group();
                String replacement = element.equals("NULL")
                        ? element
                        : NestedValues.quoted(disguise.text(
                                element.startsWith("\"")
                                        ? element.substring(1, element.length() - 1)
                                                .replaceAll("\\\\(.)", "$1")
                                        : element));
                elements.appendReplacement(text, Matcher.quoteReplacement(replacement));
            }
            return elements.appendTail(text).toString();
        }
    },
    /** Bytes: others, as many. */
    BYTES {
        @Override
        String replace(String value, Disguise disguise, Values values) {
            byte[] bytes = new byte[Math.max(0, (value.length() - 2) / 2)];
            disguise.random(value).nextBytes(bytes);
            return "\\x" + HexFormat.of().formatHex(bytes);
        }
    },
    /** Whatever else may hold texts (XML, addresses of networks, rows, types nobody here knows): a made-up value. */
    MADE_UP {
        @Override
        String replace(String value, Disguise disguise, Values values) {
            Random random = disguise.random(value);
            return values.distinct(random, random.nextInt(1 << 24));
        }
    };

    private static final Pattern STRING = Pattern.compile("(\"(?:[^\"\\\\]|\\\\.)*\")(\\s*(?::|=>))?");
    private static final Pattern ELEMENT = Pattern.compile("\"(?:[^\"\\\\]|\\\\.)*\"|[^{},\"]+");
    private static final Set<String> TEXT_TYPES = Set.of("text", "varchar", "bpchar", "citext", "name");
    private static final Set<String> KEPT_TYPES = Set.of(
            "bool",
            "int2",
            "int4",
            "int8",
            "numeric",
            "float4",
            "float8",
            "money",
            "oid",
            "xid",
            "xid8",
            "date",
            "time",
            "timetz",
            "timestamp",
            "timestamptz",
            "interval",
            "uuid",
            "bit",
            "varbit",
            "char",
            "pg_lsn",
            "int4range",
            "int8range",
            "numrange",
            "daterange",
            "tsrange",
            "tstzrange",
            "int4multirange",
            "int8multirange",
            "nummultirange",
            "datemultirange",
            "tsmultirange",
            "tstzmultirange",
            "regclass",
            "regtype");

    /**
     * @param value in PostgreSQL's text form
     * @param values of the column's type, for what is made up
     */
    abstract String replace(String value, Disguise disguise, Values values);

    static DisguisedColumn of(Catalog catalog, TypeRef type) {
        return switch (type.category()) {
            case ENUM -> KEPT;
            case DOMAIN ->
                catalog.type(type.name())
                        .flatMap(UserType::baseType)
                        .map(base -> of(catalog, base))
                        .orElse(MADE_UP);
            case ARRAY ->
                type.element().map(element -> ofElement(catalog, element)).orElse(MADE_UP);
            case BASE, RANGE, MULTIRANGE -> named(type.name());
            case COMPOSITE, PSEUDO -> MADE_UP;
        };
    }

    /** Whether every replacement is a value of the type. */
    static boolean isPlain(TypeRef type) {
        return type.category() == TypeRef.Category.BASE
                && TEXT_TYPES.contains(type.name().name());
    }

    private static DisguisedColumn ofElement(Catalog catalog, QualifiedName element) {
        Optional<UserType.Kind> kind = catalog.type(element).map(UserType::kind);
        if (kind.isPresent()) {
            return kind.get() == UserType.Kind.ENUM ? KEPT : MADE_UP;
        }
        DisguisedColumn one = named(element);
        return one == TEXT ? TEXTS : one == KEPT ? KEPT : MADE_UP;
    }

    private static DisguisedColumn named(QualifiedName type) {
        boolean builtin = type.schema().equals("pg_catalog");
        String name = type.name();
        if (TEXT_TYPES.contains(name)) {
            return TEXT;
        }
        if (name.equals("hstore") || (builtin && (name.equals("json") || name.equals("jsonb")))) {
            return DOCUMENT;
        }
        if (builtin && name.equals("bytea")) {
            return BYTES;
        }
        return builtin && KEPT_TYPES.contains(name) ? KEPT : MADE_UP;
    }
}
