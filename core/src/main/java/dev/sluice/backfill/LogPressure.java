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

    private static final String LOG = """
            SELECT pg_wal_lsn_diff(pg_current_wal_lsn(), c.redo_lsn)::float8
                    / (s.setting::float8 * 1024 * 1024),
                CASE WHEN current_setting('archive_mode') <> 'off' AND a.last_archived_wal ~ '^[0-9A-F]{24}$'
                        AND left(a.last_archived_wal, 8) = left(pg_walfile_name(pg_current_wal_lsn()), 8)
                    THEN (pg_wal_lsn_diff(pg_current_wal_lsn(), '0/0') / z.setting::numeric
                        - (('x' || substr(a.last_archived_wal, 9, 8))::bit(32)::bigint * (4294967296 / z.setting::bigint)
                            + ('x' || substr(a.last_archived_wal, 17, 8))::bit(32)::bigint + 1))::float8
                    ELSE 0 END
            FROM pg_control_checkpoint() c, pg_stat_archiver a, pg_settings s, pg_settings z
            WHERE s.name = 'max_wal_size' AND z.name = 'wal_segment_size'
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
