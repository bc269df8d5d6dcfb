package dev.sluice.lint.rule;

import java.util.List;
import java.util.Set;

/** Which types a foreign key may have on its two sides. Types that are not known to differ are taken as fitting. */
final class KeyTypes {

    private static final List<String> INTEGERS = List.of("int2", "int4", "int8");
    private static final Set<String> TEXTS = Set.of("text", "varchar", "bpchar", "citext");
    private static final Set<String> TIMES = Set.of("date", "timestamp", "timestamptz");

    private enum Family {
        INTEGER,
        NUMERIC,
        TEXT,
        TIME,
        UUID,
        OTHER
    }

    private KeyTypes() {}

    /** Whether a column of this type can refer to all keys of that. */
    static boolean holds(String type, String key) {
        if (INTEGERS.contains(type) && INTEGERS.contains(key)) {
            return INTEGERS.indexOf(type) >= INTEGERS.indexOf(key);
        }
        return comparable(type, key);
    }

    /** Whether PostgreSQL takes such a foreign key: an integer may refer to a numeric, not the other way round. */
    static boolean comparable(String type, String key) {
        Family from = family(type);
        Family to = family(key);
        return from == Family.OTHER
                || to == Family.OTHER
                || from == to
                || from == Family.INTEGER && to == Family.NUMERIC;
    }

    private static Family family(String type) {
        if (INTEGERS.contains(type)) {
            return Family.INTEGER;
        }
        if (TEXTS.contains(type)) {
            return Family.TEXT;
        }
        if (TIMES.contains(type)) {
            return Family.TIME;
        }
        return switch (type) {
            case "numeric" -> Family.NUMERIC;
            case "uuid" -> Family.UUID;
            default -> Family.OTHER;
        };
    }
}
