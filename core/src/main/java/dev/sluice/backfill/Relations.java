package dev.sluice.backfill;

import dev.sluice.ExitCode;
import dev.sluice.SluiceException;
import dev.sluice.db.Session;
import dev.sluice.sql.QualifiedName;
import java.util.List;
import java.util.Optional;

/** What the catalog says about the table of a step. */
final class Relations {

    // "heap" by its handler, not by its name: an access method may be a renamed heap
    private static final String LEAVES = """
        WITH RECURSIVE family AS (
            SELECT c.oid FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
             WHERE n.nspname = ? AND c.relname = ? AND c.relkind IN ('r', 'p', 'f', 'm')
            UNION
            SELECT i.inhrelid FROM family JOIN pg_inherits i ON i.inhparent = family.oid
        )
        SELECT c.oid::bigint, n.nspname, c.relname, coalesce(pg_relation_filenode(c.oid), 0)::bigint,
               CASE WHEN c.relkind IN ('r', 'm')
                    THEN pg_relation_size(c.oid) / current_setting('block_size')::bigint ELSE 0 END,
               c.reltuples::bigint,
               c.relkind IN ('r', 'm') AND am.amhandler = 'heap_tableam_handler'::regproc,
               EXISTS (SELECT FROM pg_index x WHERE x.indrelid = c.oid AND NOT x.indisprimary),
               c.relkind = 'f'
          FROM family JOIN pg_class c USING (oid) JOIN pg_namespace n ON n.oid = c.relnamespace
          LEFT JOIN pg_am am ON am.oid = c.relam
         WHERE c.relkind <> 'p'
         ORDER BY c.oid
        """;

    private Relations() {}

    /** The tables that hold the rows, by oid; not empty unless the table is partitioned without partitions. */
    static List<Leaf> leaves(Session session, QualifiedName table) {
        List<Leaf> leaves = session.query(
                LEAVES,
                row -> new Leaf(
                        row.number(1),
                        QualifiedName.of(row.text(2), row.text(3)),
                        table,
                        row.number(4),
                        row.number(5),
                        row.number(6),
                        row.boolIfAny(7).orElse(false),
                        row.bool(8),
                        row.bool(9)),
                table.schema(),
                table.name());
        if (leaves.isEmpty() && !exists(session, table)) {
            throw new SluiceException(
                    ExitCode.DRIFT,
                    "Table " + table
                            + " does not exist (any more). Compare the database with the plan before going on.");
        }
        return leaves;
    }

    static boolean exists(Session session, QualifiedName table) {
        return session.isTrue("""
            SELECT EXISTS (SELECT FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
                            WHERE n.nspname = ? AND c.relname = ?)
            """, table.schema(), table.name());
    }

    static boolean hasColumn(Session session, QualifiedName table, String column) {
        return session.isTrue("""
            SELECT EXISTS (SELECT FROM pg_attribute WHERE attrelid = to_regclass(?) AND attname = ? AND NOT attisdropped)
            """, table.quoted(), column);
    }

    /** Refuses what has no block numbers. */
    static void requireHeap(List<Leaf> leaves) {
        Optional<Leaf> other = leaves.stream().filter(leaf -> !leaf.heap()).findFirst();
        if (other.isPresent()) {
            throw noBlocks(other.get(), "and statements over existing rows go by these");
        }
    }

    /** Before anything is written. */
    static void requireNoForeign(List<Leaf> leaves) {
        Optional<Leaf> foreign = leaves.stream().filter(Leaf::foreign).findFirst();
        if (foreign.isPresent()) {
            throw new SluiceException(
                    ExitCode.HAZARD_BLOCKED,
                    "Table " + foreign.get().name()
                            + " is a foreign table. Its rows cannot be filled in batches: nothing"
                            + " here knows a unique key of theirs, and whoever writes them on their own server writes past"
                            + " the dual write. " + BY_HAND);
        }
    }

    static SluiceException noBlocks(Leaf leaf, String reason) {
        return new SluiceException(
                ExitCode.HAZARD_BLOCKED,
                "The rows of table " + leaf.name()
                        + " have no heap blocks (a foreign table, or an access method other than" + " heap), " + reason
                        + ". " + BY_HAND);
    }

    private static final String BY_HAND =
            "Change them by a statement of your own, in a migration with -- sluice:transaction off.";

    /** Whether an index of the leaf contains one of the columns, so that no update of them is HOT. */
    static boolean indexed(Session session, Leaf leaf, List<String> columns) {
        return session.isTrue("""
            SELECT EXISTS (SELECT FROM pg_index x JOIN pg_attribute a ON a.attrelid = x.indrelid
                            WHERE x.indrelid = ?::bigint::oid AND a.attnum = ANY (x.indkey) AND a.attname = ANY (?::text[]))
            """, leaf.oid(), columns);
    }

    /** Whether the table has a unique constraint that is checked only later: ON CONFLICT does not work then. */
    static boolean hasDeferrableKey(Session session, QualifiedName table) {
        return session.isTrue("""
            SELECT EXISTS (SELECT FROM pg_index x JOIN pg_class c ON c.oid = x.indrelid
                             JOIN pg_namespace n ON n.oid = c.relnamespace
                            WHERE n.nspname = ? AND c.relname = ? AND NOT x.indimmediate)
            """, table.schema(), table.name());
    }

    /** @param generatedOnly only those that cannot be written */
    static List<String> columns(Session session, QualifiedName table, boolean generatedOnly) {
        return session.query("""
            SELECT a.attname FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid
              JOIN pg_namespace n ON n.oid = c.relnamespace
             WHERE n.nspname = ? AND c.relname = ? AND a.attnum > 0 AND NOT a.attisdropped
               AND (a.attgenerated <> '' OR NOT ?)
            """, row -> row.text(1), table.schema(), table.name(), generatedOnly);
    }
}
