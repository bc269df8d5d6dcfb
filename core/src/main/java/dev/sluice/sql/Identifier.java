package dev.sluice.sql;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Names in SQL: the only place that quotes them. Pure and thread-safe.
 *
 * <p>Rules: PostgreSQL documentation, "Lexical Structure", Identifiers and Key Words.
 */
public final class Identifier {

    /** NAMEDATALEN − 1: PostgreSQL silently truncates longer names, so we must never write one. */
    public static final int MAX_BYTES = 63;

    /** What every name begins with that Sluice creates outside its own schemas. */
    public static final String SLUICE_PREFIX = "sluice_";

    private static final int HASH_DIGITS = 8;
    private static final Pattern PLAIN = Pattern.compile("[a-z_][a-z0-9_$]*");

    /** {@code pg_get_keywords()} where {@code catcode <> 'U'}: the union of PostgreSQL 15 and 18. */
    private static final Set<String> KEYWORDS = Set.of("""
            all analyse analyze and any array as asc asymmetric authorization between bigint binary bit
            boolean both case cast char character check coalesce collate collation column concurrently
            constraint create cross current_catalog current_date current_role current_schema current_time
            current_timestamp current_user dec decimal default deferrable desc distinct do else end except
            exists extract false fetch float for foreign freeze from full grant greatest group grouping
            having ilike in initially inner inout int integer intersect interval into is isnull join json
            json_array json_arrayagg json_exists json_object json_objectagg json_query json_scalar
            json_serialize json_table json_value lateral leading least left like limit localtime
            localtimestamp merge_action national natural nchar none normalize not notnull null nullif
            numeric offset on only or order out outer overlaps overlay placing position precision primary
            real references returning right row select session_user setof similar smallint some substring
            symmetric system_user table tablesample then time timestamp to trailing treat trim true union
            unique user using values varchar variadic verbose when where window with xmlattributes xmlconcat
            xmlelement xmlexists xmlforest xmlnamespaces xmlparse xmlpi xmlroot xmlserialize xmltable
            """.strip().split("\\s+"));

    private Identifier() {}

    /**
     * The name as SQL, in double quotes only where PostgreSQL needs them, like {@code quote_ident}.
     *
     * @throws IllegalArgumentException for an empty name or one with a NUL, which PostgreSQL cannot have
     */
    public static String quote(String name) {
        if (name.isEmpty() || name.indexOf('\0') >= 0) {
            throw new IllegalArgumentException("not a PostgreSQL identifier: '" + name + "' (empty, or contains NUL)");
        }
        if (PLAIN.matcher(name).matches() && !KEYWORDS.contains(name)) {
            return name;
        }
        return '"' + name.replace("\"", "\"\"") + '"';
    }

    /** A string as an SQL literal; backslashes are safe under either {@code standard_conforming_strings}. */
    public static String literal(String value) {
        if (value.indexOf('\0') >= 0) {
            throw new IllegalArgumentException("PostgreSQL text cannot contain NUL");
        }
        String doubled = value.replace("'", "''");
        return value.indexOf('\\') < 0 ? "'" + doubled + "'" : " E'" + doubled.replace("\\", "\\\\") + "'";
    }

    /** Whether PostgreSQL keeps the whole name: at most {@value #MAX_BYTES} bytes of UTF-8. */
    public static boolean fits(String name) {
        return bytes(name) <= MAX_BYTES;
    }

    /** The name as PostgreSQL would store it: cut to {@value #MAX_BYTES} bytes at a character boundary. */
    public static String truncate(String name) {
        return cut(name, MAX_BYTES);
    }

    /** The name and a number behind it, cut before the number so that PostgreSQL keeps that. */
    public static String numbered(String name, int number) {
        String digits = Integer.toString(number);
        return cut(name, MAX_BYTES - digits.length()) + digits;
    }

    /**
     * The name of something Sluice creates: {@code sluice_} and the parts, joined by underscores. The same parts always give the
     * same name. When it would pass {@value #MAX_BYTES} bytes it is cut and ends in a hash of the whole name.
     */
    public static String sluiceName(String... parts) {
        return bounded(SLUICE_PREFIX + String.join("_", parts));
    }

    /** The name itself if it {@linkplain #fits fits}, else its beginning and a hash of the whole. */
    public static String bounded(String name) {
        if (fits(name)) {
            return name;
        }
        return cut(name, MAX_BYTES - HASH_DIGITS - 1) + "_" + hash(name);
    }

    /**
     * {@code first_second_label}, as PostgreSQL generates the names of constraints, indexes and sequences: the longer of
     * the first two is cut until it fits ({@code makeObjectName} of its {@code indexcmds.c}, restated). Empty parts are left
     * out.
     */
    public static String generated(String first, String second, String label) {
        int overhead = (second.isEmpty() ? 0 : 1) + (label.isEmpty() ? 0 : label.length() + 1);
        String a = first;
        String b = second;
        while (bytes(a) + bytes(b) + overhead > MAX_BYTES) {
            if (bytes(a) > bytes(b)) {
                a = a.substring(0, a.offsetByCodePoints(a.length(), -1));
            } else {
                b = b.substring(0, b.offsetByCodePoints(b.length(), -1));
            }
        }
        return a + (second.isEmpty() ? "" : "_" + b) + (label.isEmpty() ? "" : "_" + label);
    }

    private static String cut(String name, int maxBytes) {
        int used = 0;
        int end = 0;
        while (end < name.length()) {
            int codePoint = name.codePointAt(end);
            int width = codePoint < 0x80 ? 1 : codePoint < 0x800 ? 2 : codePoint < 0x10000 ? 3 : 4;
            if (used + width > maxBytes) {
                break;
            }
            used += width;
            end += Character.charCount(codePoint);
        }
        return name.substring(0, end);
    }

    private static int bytes(String name) {
        return name.getBytes(StandardCharsets.UTF_8).length;
    }

    private static String hash(String name) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(name.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest).substring(0, HASH_DIGITS);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
