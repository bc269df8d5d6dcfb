package dev.sluice.postgres;

import dev.sluice.catalog.Grant;
import dev.sluice.db.Row;
import dev.sluice.sql.QualifiedName;
import java.util.List;
import java.util.Optional;

/** Reads {@code pg_class}: tables, views, materialized views, sequences and composite types, without their parts. */
final class RelationQuery {

    /**
     * One relation.
     *
     * @param kind {@code relkind}: r, p, f, v, m, S or c
     * @param rowType object id of its row type
     */
    record Relation(
            long oid,
            QualifiedName name,
            String kind,
            String persistence,
            String owner,
            boolean rowSecurity,
            boolean forceRowSecurity,
            String replicaIdentity,
            boolean populated,
            List<String> options,
            Optional<String> tablespace,
            Optional<String> accessMethod,
            Optional<String> comment,
            List<Grant> grants,
            Optional<String> partitionKey,
            Optional<QualifiedName> partitionOf,
            Optional<String> partitionBound,
            Optional<QualifiedName> ofType,
            List<String> foreign,
            Optional<String> viewDefinition,
            long rowType,
            Size size) {}

    /** Size and counters of a table; 0 for what stores nothing. */
    record Size(
            double reltuples,
            long relpages,
            long bytes,
            long liveTuples,
            long inserted,
            long updated,
            long deleted,
            long scans,
            long relfilenode) {}

    // pg_relation_size opens the relation (ACCESS SHARE for the moment), pg_get_viewdef locks what the view reads until
    // the
    // end of the transaction: hence the reader's lock_timeout, and its short transaction
    private static final String SQL = """
            SELECT c.oid, n.nspname, c.relname, c.relkind, c.relpersistence, pg_get_userbyid(c.relowner),
                   c.relrowsecurity, c.relforcerowsecurity, c.relreplident, c.relispopulated,
                   c.reloptions || CASE WHEN toast.oid IS NOT NULL THEN
                       ARRAY(SELECT 'toast.' || o FROM unnest(toast.reloptions) o) END,
                   ts.spcname, am.amname, d.description,
                   coalesce(c.relacl, acldefault(CASE c.relkind WHEN 'S' THEN 's' ELSE 'r' END::"char", c.relowner))::text[],
                   CASE WHEN c.relkind = 'p' THEN pg_get_partkeydef(c.oid) END,
                   pn.nspname, p.relname,
                   CASE WHEN c.relispartition THEN pg_get_expr(c.relpartbound, c.oid) END,
                   tn.nspname, t.typname,
                   CASE WHEN c.relkind = 'f' THEN ARRAY(
                       SELECT 'server ' || s.srvname FROM pg_foreign_server s WHERE s.oid = ft.ftserver
                       UNION ALL SELECT o FROM unnest(ft.ftoptions) o ORDER BY 1) END,
                   CASE WHEN c.relkind IN ('v', 'm') THEN pg_get_viewdef(c.oid) END,
                   c.reltype, c.reltuples, c.relpages,
                   CASE WHEN c.relkind IN ('r', 'm') THEN coalesce(pg_relation_size(c.oid), 0) ELSE 0 END,
                   CASE WHEN c.relkind = 'r' THEN pg_stat_get_live_tuples(c.oid) ELSE 0 END,
                   CASE WHEN c.relkind = 'r' THEN pg_stat_get_tuples_inserted(c.oid) ELSE 0 END,
                   CASE WHEN c.relkind = 'r' THEN pg_stat_get_tuples_updated(c.oid) ELSE 0 END,
                   CASE WHEN c.relkind = 'r' THEN pg_stat_get_tuples_deleted(c.oid) ELSE 0 END,
                   CASE WHEN c.relkind = 'r' THEN pg_stat_get_numscans(c.oid) ELSE 0 END,
                   c.relfilenode
            FROM pg_class c
            JOIN pg_namespace n ON n.oid = c.relnamespace
            LEFT JOIN pg_class toast ON toast.oid = c.reltoastrelid AND toast.reloptions IS NOT NULL
            LEFT JOIN pg_tablespace ts ON ts.oid = c.reltablespace
            LEFT JOIN pg_am am ON am.oid = c.relam
            LEFT JOIN pg_description d ON d.classoid = 'pg_class'::regclass AND d.objoid = c.oid AND d.objsubid = 0
            LEFT JOIN pg_inherits i ON c.relispartition AND i.inhrelid = c.oid
            LEFT JOIN pg_class p ON p.oid = i.inhparent
            LEFT JOIN pg_namespace pn ON pn.oid = p.relnamespace
            LEFT JOIN pg_type t ON t.oid = c.reloftype
            LEFT JOIN pg_namespace tn ON tn.oid = t.typnamespace
            LEFT JOIN pg_foreign_table ft ON ft.ftrelid = c.oid
            WHERE c.relkind IN ('r', 'p', 'f', 'v', 'm', 'S', 'c') AND n.nspname = ANY (?)
              AND NOT EXISTS (SELECT FROM pg_depend e
                              WHERE e.classid = 'pg_class'::regclass AND e.objid = c.oid AND e.deptype = 'e')
            ORDER BY n.nspname, c.relname""";

    private RelationQuery() {}

    static List<Relation> read(Reading reading) {
        return reading.ofRelations(SQL, row -> relation(reading, row), reading.schemas());
    }

    private static Relation relation(Reading reading, Row row) {
        return new Relation(
                row.number(1),
                Reading.name(row, 2),
                row.text(4),
                row.text(5),
                row.text(6),
                row.bool(7),
                row.bool(8),
                row.text(9),
                row.bool(10),
                Reading.sorted(row.texts(11)),
                row.textIfAny(12),
                row.textIfAny(13),
                row.textIfAny(14),
                reading.grants(row, 15),
                row.textIfAny(16),
                Reading.nameIfAny(row, 17),
                row.textIfAny(19),
                Reading.nameIfAny(row, 20),
                row.texts(22),
                row.textIfAny(23),
                row.number(24),
                new Size(
                        row.decimal(25),
                        row.number(26),
                        row.number(27),
                        row.number(28),
                        row.number(29),
                        row.number(30),
                        row.number(31),
                        row.number(32),
                        row.number(33)));
    }
}
