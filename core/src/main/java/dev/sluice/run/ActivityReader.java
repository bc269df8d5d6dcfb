package dev.sluice.run;

import dev.sluice.backfill.Cursor;
import dev.sluice.db.Row;
import dev.sluice.db.Session;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/** Looks at what runs, from another session than the one that runs it; reads only. The journal must exist. */
final class ActivityReader {

    /** A step that waits for a lock has no row yet: it is taken from the event. The last events come by their key. */
    private static final String STEPS = """
            WITH said AS (
                SELECT DISTINCT ON (version) version, step, kind, message, at
                FROM (SELECT * FROM sluice.event ORDER BY id DESC LIMIT 200) e
                WHERE version IS NOT NULL ORDER BY version, id DESC),
            work AS (
                SELECT version, id, title, started_at, NULL AS waiting FROM sluice.step WHERE state IN ('running', 'undoing')
                UNION ALL
                SELECT version, step, step, at, message FROM said
                WHERE kind = 'waiting for lock' AND at > clock_timestamp() - interval '5 s')
            SELECT m.version, m.name, w.id, max(w.title), b.cursor, coalesce(nullif(b.rows, 0), max(r.rows), 0),
                extract(epoch FROM clock_timestamp() - min(w.started_at)), max(w.waiting),
                (SELECT c.oid::regclass::text FROM pg_catalog.pg_class c
                 WHERE b.cursor IS NOT NULL AND c.oid = coalesce(max(r.relation), split_part(b.cursor, ' ', 2)::oid)),
                (SELECT max(CASE WHEN p.blocks_total > 0 THEN p.blocks_done::float8 / p.blocks_total END)
                 FROM pg_catalog.pg_stat_progress_create_index p
                 JOIN pg_catalog.pg_stat_activity a ON a.pid = p.pid AND a.application_name LIKE 'sluice %'
                 WHERE p.datname = current_database()),
                max(r.fraction), coalesce(max(r.workers), 0), b.pace
            FROM work w JOIN sluice.migration m USING (version)
            LEFT JOIN sluice.backfill b ON b.version = w.version AND b.step = w.id
            LEFT JOIN LATERAL (
                SELECT sum(block - from_block)::float8 / sum(end_block - from_block) AS fraction, sum(rows)::bigint AS rows,
                    count(DISTINCT worker) FILTER (WHERE block < end_block AND expires_at > clock_timestamp()) AS workers,
                    (array_agg(relation ORDER BY expires_at DESC))[1]::oid AS relation
                FROM sluice.backfill_range WHERE version = w.version AND step = w.id) r ON true
            GROUP BY m.version, m.name, m.position, w.id, b.cursor, b.rows, b.pace ORDER BY m.position
            """;

    private ActivityReader() {}

    static Activity read(Session session) {
        // what an older Sluice made has no speed and no ranges; its own watch shows its runs
        if (!JournalSchema.exists(session) || JournalSchema.version(session) < JournalSchema.VERSION) {
            return new Activity(Optional.empty(), 1, List.of());
        }
        return new Activity(
                JournalReader.runner(session), Speed.read(session), session.query(STEPS, ActivityReader::step));
    }

    private static Activity.RunningStep step(Row row) {
        Optional<Cursor> cursor = row.textIfAny(5).map(Cursor::parse);
        Optional<Double> share = row.textIfAny(11).or(() -> row.textIfAny(10)).map(Double::parseDouble);
        boolean walking = cursor.filter(found -> found.stage() != Cursor.Stage.WALK || found.end() > 0)
                .isPresent();
        return new Activity.RunningStep(
                row.text(1),
                row.text(2),
                row.text(3),
                row.text(4),
                row.textIfAny(9),
                walking
                        ? cursor.map(ActivityReader::fraction).orElseThrow()
                        : share.map(OptionalDouble::of).orElseGet(OptionalDouble::empty),
                row.number(6),
                Duration.ofMillis((long) (row.decimal(7) * 1000)),
                row.textIfAny(8),
                row.integer(12),
                row.textIfAny(13));
    }

    private static OptionalDouble fraction(Cursor cursor) {
        return switch (cursor.stage()) {
            case WALK ->
                cursor.end() == 0 ? OptionalDouble.empty() : OptionalDouble.of((double) cursor.block() / cursor.end());
            case SWEEP, DONE -> OptionalDouble.of(1);
        };
    }
}
