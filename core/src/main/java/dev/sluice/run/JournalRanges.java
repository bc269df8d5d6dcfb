package dev.sluice.run;

import dev.sluice.backfill.Cursor;
import dev.sluice.backfill.Ranges;
import dev.sluice.db.Row;
import dev.sluice.db.Session;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The block ranges of one backfill, in the journal. Everything written is fenced twice: by the epoch of the runner whose
 * backfill it is, so that nobody goes on once another runner has begun something else; and by the number of the claim, so
 * that nobody goes on with a range that another worker has taken over. A range whose batch runs is locked by it and never
 * taken over; between batches its claim must expire first. Thread-safe; a claim belongs to one thread.
 */
final class JournalRanges implements Ranges {

    /** Longer than any pause between two batches of a worker that is alive and not paused. */
    private static final Duration CLAIM = Duration.ofSeconds(30);

    private static final long TALLY_EVERY_NANOS = 250_000_000L;

    private static final String OFFERED = """
            INSERT INTO sluice.backfill_range (version, step, relation, filenode, from_block, block, end_block, rows, cursor)
            SELECT ?, ?, o.relation, o.filenode, o.from_block, o.from_block, o.end_block, 0, o.cursor
            FROM unnest(?::bigint[], ?::bigint[], ?::bigint[], ?::bigint[], ?::text[])
                AS o (relation, filenode, from_block, end_block, cursor)
            WHERE NOT EXISTS (SELECT FROM sluice.backfill_range k
                WHERE k.version = ? AND k.step = ? AND k.relation = o.relation AND k.filenode = o.filenode)
            """;

    private static final String CLAIMED = """
            WITH fence AS (SELECT epoch FROM sluice.lease WHERE epoch = ? FOR KEY SHARE),
            free AS (
                SELECT r.relation, r.from_block, r.worker FROM sluice.backfill_range r, fence
                WHERE r.version = ? AND r.step = ? AND r.block < r.end_block AND r.expires_at < clock_timestamp()
                ORDER BY r.relation, r.from_block LIMIT 1 FOR UPDATE OF r SKIP LOCKED)
            UPDATE sluice.backfill_range r SET claim = r.claim + 1, worker = ?,
                expires_at = clock_timestamp() + ? * interval '1 millisecond'
            FROM free WHERE r.version = ? AND r.step = ? AND r.relation = free.relation AND r.from_block = free.from_block
            RETURNING r.cursor, r.claim, r.relation, r.from_block, free.worker, (SELECT max_duty FROM sluice.journal)
            """;

    private static final String HELD = """
            SELECT claim FROM sluice.backfill_range
            WHERE version = ? AND step = ? AND relation = ? AND from_block = ? AND claim = ? FOR NO KEY UPDATE
            """;

    private static final String SAVED = """
            WITH fence AS (SELECT epoch FROM sluice.lease WHERE epoch = ? FOR KEY SHARE)
            UPDATE sluice.backfill_range SET cursor = ?, block = ?, rows = ?,
                expires_at = clock_timestamp() + ? * interval '1 millisecond'
            FROM fence WHERE version = ? AND step = ? AND relation = ? AND from_block = ? AND claim = ?
            RETURNING (SELECT max_duty FROM sluice.journal)
            """;

    private final Journal journal;
    private final String version;
    private final String step;
    private final String worker;
    private final SpeedControl speed;

    /** @param worker who works, for people */
    JournalRanges(Journal journal, String version, String step, String worker, SpeedControl speed) {
        this.journal = journal;
        this.version = version;
        this.step = step;
        this.worker = worker;
        this.speed = speed;
    }

    @Override
    public void offer(Session session, List<Cursor> ranges) {
        journal.fence(session);
        List<Long> relations = ranges.stream().map(Cursor::relation).toList();
        List<Long> filenodes = ranges.stream().map(Cursor::filenode).toList();
        // those who worked for an earlier runner cannot save anything any more
        session.execute("""
                UPDATE sluice.backfill_range SET expires_at = '-infinity' WHERE version = ? AND step = ? AND EXISTS (
                    SELECT FROM sluice.backfill WHERE version = ? AND step = ? AND epoch IS DISTINCT FROM ?)
                """, version, step, version, step, journal.epoch());
        session.execute("""
                INSERT INTO sluice.backfill (version, step, cursor, rows, updated_at, epoch)
                VALUES (?, ?, ?, 0, clock_timestamp(), ?)
                ON CONFLICT (version, step) DO UPDATE SET epoch = excluded.epoch
                """, version, step, Cursor.start().format(), journal.epoch());
        session.execute("""
                DELETE FROM sluice.backfill_range r WHERE version = ? AND step = ? AND NOT EXISTS (
                    SELECT FROM unnest(?::bigint[], ?::bigint[]) AS o (relation, filenode)
                    WHERE o.relation = r.relation AND o.filenode = r.filenode)
                """, version, step, relations, filenodes);
        session.execute(
                OFFERED,
                version,
                step,
                relations,
                filenodes,
                ranges.stream().map(Cursor::block).toList(),
                ranges.stream().map(Cursor::end).toList(),
                ranges.stream().map(Cursor::format).toList(),
                version,
                step);
    }

    @Override
    public Optional<Ranges.Claim> claim(Session session) {
        return session.one(
                CLAIMED,
                row -> claimed(session, row),
                journal.epoch(),
                version,
                step,
                worker,
                CLAIM.toMillis(),
                version,
                step);
    }

    private Ranges.Claim claimed(Session session, Row row) {
        Claim claim = new Claim(Cursor.parse(row.text(1)), row.number(2), row.number(3), row.number(4));
        row.textIfAny(5)
                .ifPresent(before -> journal.event(
                        session,
                        Journal.Event.of("range taken over")
                                .in(version)
                                .at(step)
                                .saying(claim.name() + ", by " + worker + " from " + before)));
        speed.told(row.decimal(6));
        return claim;
    }

    @Override
    public Tally tally(Session session) {
        journal.fence(session);
        return look(session);
    }

    private Tally look(Session session) {
        return session.one(
                        """
                        SELECT count(*) FILTER (WHERE block < end_block), coalesce(sum(end_block - from_block), 0)::bigint,
                            coalesce(sum(block - from_block), 0)::bigint, coalesce(sum(rows), 0)::bigint
                        FROM sluice.backfill_range WHERE version = ? AND step = ?
                        """,
                        row -> new Tally(row.number(1), row.number(2), row.number(3), row.number(4)),
                        version,
                        step)
                .orElseThrow();
    }

    /** One range, as long as nobody has claimed it after us. */
    private final class Claim implements Ranges.Claim {
        private final Cursor cursor;
        private final long number;
        private final long relation;
        private final long from;
        private Optional<Tally> tally = Optional.empty();
        private long lookedAt = System.nanoTime() - TALLY_EVERY_NANOS;

        Claim(Cursor cursor, long number, long relation, long from) {
            this.cursor = cursor;
            this.number = number;
            this.relation = relation;
            this.from = from;
        }

        String name() {
            return "blocks " + from + " to " + (cursor.end() - 1) + " of relation " + relation;
        }

        @Override
        public Cursor cursor() {
            return cursor;
        }

        @Override
        public void begin(Session session) {
            if (session.query(HELD, row -> row.number(1), version, step, relation, from, number)
                    .isEmpty()) {
                throw new ClaimLostException(name());
            }
        }

        @Override
        public Optional<Cursor> load(Session session) {
            begin(session);
            return session.one("""
                            SELECT cursor FROM sluice.backfill_range
                            WHERE version = ? AND step = ? AND relation = ? AND from_block = ?
                            """, row -> row.text(1), version, step, relation, from)
                    .map(Cursor::parse);
        }

        @Override
        public void save(Session session, Cursor next) {
            Optional<Double> share = session.one(
                    SAVED,
                    row -> row.decimal(1),
                    journal.epoch(),
                    next.format(),
                    next.block(),
                    next.rows(),
                    CLAIM.toMillis(),
                    version,
                    step,
                    relation,
                    from,
                    number);
            if (share.isEmpty()) {
                journal.fence(session);
                throw new ClaimLostException(name());
            }
            speed.told(share.get());
            long now = System.nanoTime();
            if (now - lookedAt >= TALLY_EVERY_NANOS) {
                lookedAt = now;
                tally = Optional.of(look(session));
            }
        }

        @Override
        public Optional<Tally> tally() {
            return tally;
        }

        @Override
        public void release(Session session) {
            session.execute("""
                    UPDATE sluice.backfill_range SET worker = NULL, expires_at = '-infinity'
                    WHERE version = ? AND step = ? AND relation = ? AND from_block = ? AND claim = ?
                    """, version, step, relation, from, number);
        }
    }
}
