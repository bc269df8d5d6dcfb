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
            SELECT m.version, m.name, w.id, max(w.title), b.cursor, coalesce(b.rows, 0),
                extract(epoch FROM clock_timestamp() - min(w.started_at)), max(w.waiting),
                (SELECT c.oid::regclass::text FROM pg_catalog.pg_class c
                 WHERE b.cursor IS NOT NULL AND c.oid = split_part(b.cursor, ' ', 2)::oid),
                (SELECT max(CASE WHEN p.blocks_total > 0 THEN p.blocks_done::float8 / p.blocks_total END)
                 FROM pg_catalog.pg_stat_progress_create_index p
                 JOIN pg_catalog.pg_stat_activity a ON a.pid = p.pid AND a.application_name LIKE 'sluice %'
                 WHERE p.datname = current_database())
            FROM work w JOIN sluice.migration m USING (version)
            LEFT JOIN sluice.backfill b ON b.version = w.version AND b.step = w.id
            GROUP BY m.version, m.name, m.position, w.id, b.cursor, b.rows ORDER BY m.position
            """;

    private ActivityReader() {}

    static Activity read(Session session) {
        if (!JournalSchema.exists(session)) {
            return new Activity(Optional.empty(), 1, List.of());
        }
        return new Activity(
                JournalReader.runner(session), Speed.read(session), session.query(STEPS, ActivityReader::step));
    }

    private static Activity.RunningStep step(Row row) {
        Optional<Cursor> cursor = row.textIfAny(5).map(Cursor::parse);
        Optional<Double> index = row.textIfAny(10).map(Double::parseDouble);
        return new Activity.RunningStep(
                row.text(1),
                row.text(2),
                row.text(3),
                row.text(4),
                row.textIfAny(9),
                cursor.map(ActivityReader::fraction)
                        .orElseGet(() -> index.map(OptionalDouble::of).orElseGet(OptionalDouble::empty)),
                row.number(6),
                Duration.ofMillis((long) (row.decimal(7) * 1000)),
                row.textIfAny(8));
    }

    private static OptionalDouble fraction(Cursor cursor) {
        return switch (cursor.stage()) {
            case WALK ->
                cursor.end() == 0 ? OptionalDouble.empty() : OptionalDouble.of((double) cursor.block() / cursor.end());
            case SWEEP, DONE -> OptionalDouble.of(1);
        };
    }
}
