package dev.sluice.backfill;

import dev.sluice.db.Session;
import java.util.Locale;

/**
 * Whether checkpoints and the archiver keep up with the write-ahead log. The server begins a checkpoint when about half of
 * max_wal_size is written, so that it is done before all of it is: more than that since the last one means that
 * checkpoints do not keep up.
 */
final class LogPressure implements Signal {

    private static final double CHECKPOINT_LIMIT = 1.25;
    private static final double ARCHIVE_LIMIT = 40;
    private static final int EVERY = 4;

    /**
     * The archiver goes from the oldest file to the newest, so that the first one not archived is the one that it has failed at
     * since it last succeeded, else the one behind its last. What it did on another timeline says nothing of this one.
     */
    private static final String LOG = """
            SELECT pg_wal_lsn_diff(pg_current_wal_lsn(), c.redo_lsn)::float8
                    / pg_size_bytes(current_setting('max_wal_size')),
                CASE WHEN current_setting('archive_mode') <> 'off' AND a.file IS NOT NULL
                    THEN (pg_wal_lsn_diff(pg_current_wal_lsn(), '0/0') / z.size
                        - (('x' || substr(a.file, 9, 8))::bit(32)::bigint * (4294967296 / z.size)
                            + ('x' || substr(a.file, 17, 8))::bit(32)::bigint + a.done))::float8
                    ELSE 0 END
            FROM pg_control_checkpoint() c, pg_size_bytes(current_setting('wal_segment_size')) AS z (size), (
                SELECT f.file, f.done FROM pg_stat_archiver,
                    LATERAL (VALUES (last_failed_wal, last_failed_time, 0), (last_archived_wal, last_archived_time, 1))
                        AS f (file, at, done)
                WHERE f.file ~ '^[0-9A-F]{24}$' AND left(f.file, 8) = left(pg_walfile_name(pg_current_wal_lsn()), 8)
                ORDER BY f.at DESC LIMIT 1) AS a RIGHT JOIN (SELECT) AS always ON true
            """;

    private int looks;
    private Pressure last = Pressure.NONE;

    @Override
    public String name() {
        return "write-ahead log";
    }

    @Override
    public Pressure look(Session session, long relation) {
        if (looks++ % EVERY == 0) {
            last = session.one(LOG, row -> of(row.decimal(1), row.decimal(2))).orElse(Pressure.NONE);
        }
        return last;
    }

    /**
     * @param sinceCheckpoint log written since the last checkpoint began, as a share of max_wal_size
     * @param unarchived log files
     */
    static Pressure of(double sinceCheckpoint, double unarchived) {
        double checkpoint = sinceCheckpoint / CHECKPOINT_LIMIT;
        double archive = unarchived / ARCHIVE_LIMIT;
        return checkpoint >= archive
                ? new Pressure(
                        checkpoint,
                        "checkpoints",
                        String.format(
                                Locale.ROOT,
                                "checkpoints do not keep up: %.0f %% of max_wal_size written since the last one",
                                100 * sinceCheckpoint))
                : new Pressure(
                        archive,
                        "archiver",
                        String.format(Locale.ROOT, "the archiver does not keep up: %.0f log files behind", unarchived));
    }
}
