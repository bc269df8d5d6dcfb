package dev.sluice.postgres;

import dev.sluice.catalog.Publication;
import dev.sluice.catalog.Publication.PublishedTable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Reads publications and what they publish. Column lists, row filters and schemas exist from PostgreSQL 15 on. */
final class PublicationQuery {

    private static final String PUBLICATIONS = """
            SELECT p.oid, p.pubname, pg_get_userbyid(p.pubowner), p.puballtables,
                   array_remove(ARRAY[
                       'publish=' || concat_ws(', ', CASE WHEN p.pubinsert THEN 'insert' END,
                           CASE WHEN p.pubupdate THEN 'update' END, CASE WHEN p.pubdelete THEN 'delete' END,
                           CASE WHEN p.pubtruncate THEN 'truncate' END),
                       %s,
                       CASE WHEN p.pubviaroot THEN 'publish_via_partition_root=true' END], NULL),
                   %s, d.description
            FROM pg_publication p
            LEFT JOIN pg_description d ON d.classoid = 'pg_publication'::regclass AND d.objoid = p.oid AND d.objsubid = 0
            ORDER BY p.pubname""";

    private static final String GENERATED_COLUMNS =
            "CASE p.pubgencols WHEN 's' THEN 'publish_generated_columns=stored' END";

    private static final String SCHEMAS = """
            ARRAY(SELECT n.nspname FROM pg_publication_namespace pn JOIN pg_namespace n ON n.oid = pn.pnnspid
                  WHERE pn.pnpubid = p.oid ORDER BY 1)""";

    private static final String TABLES = """
            SELECT r.prpubid, n.nspname, c.relname, %s
            FROM pg_publication_rel r
            JOIN pg_class c ON c.oid = r.prrelid
            JOIN pg_namespace n ON n.oid = c.relnamespace
            ORDER BY n.nspname, c.relname""";

    private static final String COLUMNS_AND_FILTER = """
            ARRAY(SELECT a.attname FROM unnest(r.prattrs::int2[]) k
                  JOIN pg_attribute a ON a.attrelid = r.prrelid AND a.attnum = k ORDER BY 1),
            pg_get_expr(r.prqual, r.prrelid)""";

    private PublicationQuery() {}

    static List<Publication> read(Reading reading) {
        Map<Long, List<PublishedTable>> tables = new HashMap<>();
        reading.session()
                .query(
                        TABLES.formatted(reading.since(15, COLUMNS_AND_FILTER, "NULL::text[], NULL::text")),
                        row -> tables.computeIfAbsent(row.number(1), oid -> new ArrayList<>())
                                .add(new PublishedTable(Reading.name(row, 2), row.texts(4), row.textIfAny(5))));
        return reading.session()
                .query(
                        PUBLICATIONS.formatted(
                                reading.since(18, GENERATED_COLUMNS, "NULL"),
                                reading.since(15, SCHEMAS, "NULL::text[]")),
                        row -> new Publication(
                                row.text(2),
                                row.text(3),
                                row.bool(4),
                                row.texts(5),
                                row.texts(6),
                                tables.getOrDefault(row.number(1), List.of()),
                                row.textIfAny(7)));
    }
}
