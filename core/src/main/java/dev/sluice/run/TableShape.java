package dev.sluice.run;

import dev.sluice.ExitCode;
import dev.sluice.db.Session;
import dev.sluice.sql.QualifiedName;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What steps rely on in the tables of a migration: columns and their types, indexes, our triggers and their functions. Each
 * step writes it into the journal in the transaction that says that it is done; the next one, today or days later, looks
 * whether somebody has taken any of it away. What was added does no harm.
 */
final class TableShape {

    /** Kind of the event that holds it. */
    static final String KIND = "shape";

    private static final String INDEX = "index ";
    private static final int SHOWN = 10;

    /** Every name with its schema: the search_path differs from one reading to the next. */
    private static final String LINES = """
            WITH t AS (SELECT name, to_regclass(name) AS id FROM unnest(?::text[]) AS n (name))
            SELECT 'column ' || name || '.' || quote_ident(attname) || ' '
                || CASE y.nspname WHEN 'pg_catalog' THEN format_type(atttypid, atttypmod)
                    ELSE quote_ident(y.nspname) || '.' || quote_ident(typname) END
            FROM t JOIN pg_attribute ON attrelid = id AND attnum > 0 AND NOT attisdropped
            JOIN pg_type p ON p.oid = atttypid JOIN pg_namespace y ON y.oid = typnamespace
            UNION ALL
            SELECT 'trigger ' || quote_ident(tgname) || ' on ' || name
                || CASE tgenabled WHEN 'D' THEN ', disabled' ELSE '' END
            FROM t JOIN pg_trigger ON tgrelid = id AND NOT tgisinternal AND tgname LIKE '%sluice\\_%'
            UNION ALL
            SELECT DISTINCT 'function ' || pronamespace::regnamespace || '.' || quote_ident(proname) || ', source '
                || md5(prosrc)
            FROM t JOIN pg_trigger ON tgrelid = id AND NOT tgisinternal AND tgname LIKE '%sluice\\_%'
            JOIN pg_proc p ON p.oid = tgfoid
            UNION ALL
            SELECT 'index ' || c.relnamespace::regnamespace || '.' || quote_ident(c.relname) || ' on ' || name
            FROM t JOIN pg_index ON indrelid = id JOIN pg_class c ON c.oid = indexrelid
            """;

    private TableShape() {}

    /** One line each, whatever is in a name. */
    static List<String> read(Session session, Set<QualifiedName> tables) {
        List<String> names = tables.stream().map(QualifiedName::quoted).toList();
        return session.query(LINES, row -> row.text(1).replace("\n", "\\n").replace("\r", "\\r"), names).stream()
                .sorted()
                .toList();
    }

    /**
     * @param alsoIndexes not between the phases, which may be days apart: what is no part of a dual write may change then
     * @throws StepException when something that the step before left is gone or different
     */
    static void requireKept(Session session, String version, Set<QualifiedName> tables, boolean alsoIndexes) {
        Optional<List<String>> before = JournalReader.shape(session, version);
        if (before.isEmpty()) {
            return;
        }
        List<String> now = read(session, tables);
        List<String> gone = new ArrayList<>(before.get());
        gone.removeAll(now);
        gone.removeIf(line -> !alsoIndexes && line.startsWith(INDEX));
        if (!gone.isEmpty()) {
            List<String> added = new ArrayList<>(now);
            added.removeAll(before.get());
            throw new StepException(
                    ExitCode.FAILED_SAFE,
                    "somebody has changed what this migration works with since its last step"
                            + described("gone or different", gone) + described("there instead, or new", added),
                    "put back what is gone as it was (sluice history says who ran what of ours)");
        }
    }

    private static String described(String what, Collection<String> lines) {
        StringBuilder text = new StringBuilder();
        lines.stream()
                .limit(SHOWN)
                .forEach(line -> text.append("\n  ").append(what).append(": ").append(line));
        if (lines.size() > SHOWN) {
            text.append("\n  and ").append(lines.size() - SHOWN).append(" more");
        }
        return text.toString();
    }
}
