package dev.sluice.run;

import dev.sluice.db.Row;
import dev.sluice.db.Session;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Reads the journal; works while another runner writes it. The journal must exist. */
final class JournalReader {

    private static final String MIGRATION = """
            SELECT version, name, position, state, file, up_checksum, plan, down_plan, started_at, finished_at, last_error
            FROM sluice.migration
            """;

    private JournalReader() {}

    /** All migrations that were ever begun, in the order in which they were. */
    static List<JournalRecord> migrations(Session session) {
        return session.query(MIGRATION + "ORDER BY position", JournalReader::migration);
    }

    static Optional<JournalRecord> migration(Session session, String version) {
        return session.one(MIGRATION + "WHERE version = ?", JournalReader::migration, version);
    }

    /**
     * All migrations, without their plans, in one statement; empty when there is no journal, it is not of this version,
     * nothing was ever begun, or a runner is at work.
     */
    static Optional<List<JournalRecord>> atRest(Session session) {
        if (!JournalSchema.exists(session)) {
            return Optional.empty();
        }
        List<JournalRecord> records = session.query("""
                SELECT version, name, position, state, file, up_checksum, '', NULL, started_at, finished_at, last_error
                FROM sluice.migration
                WHERE (SELECT version FROM sluice.journal) = ? AND NOT EXISTS (
                    SELECT FROM sluice.lease WHERE holder IS NOT NULL AND expires_at > clock_timestamp())
                ORDER BY position
                """, JournalReader::migration, JournalSchema.VERSION);
        return records.isEmpty() ? Optional.empty() : Optional.of(records);
    }

    /** The steps of a migration that were begun, in the order in which they were. */
    static List<JournalStep> steps(Session session, String version) {
        return session.query(
                "SELECT version, id, phase, position, state, title FROM sluice.step WHERE version = ? ORDER BY position",
                JournalReader::step,
                version);
    }

    static Optional<JournalStep> step(Session session, String version, String id) {
        return session.one(
                "SELECT version, id, phase, position, state, title FROM sluice.step WHERE version = ? AND id = ?",
                JournalReader::step,
                version,
                id);
    }

    /** What the last step left, for {@link TableShape}; empty when none has run since the migration began or went back. */
    static Optional<List<String>> shape(Session session, String version) {
        return session.one(
                        """
                        SELECT kind, coalesce(message, '') FROM sluice.event
                        WHERE version = ? AND kind IN ('shape', 'migration expanding', 'migration reverting')
                        ORDER BY id DESC LIMIT 1
                        """,
                        row -> row.text(1).equals(TableShape.KIND)
                                ? Optional.of(row.text(2).lines().toList())
                                : Optional.<List<String>>empty(),
                        version)
                .flatMap(found -> found);
    }

    static List<HistoryEntry> history(Session session) {
        return session.query(
                """
                SELECT e.id, e.at, e.version, e.step, e.kind, e.actor, e.db_user, e.message, e.sql, e.lock_wait_ms,
                    e.lock_held_ms, e.duration_ms, e.rows, CASE WHEN e.lock_held_ms > 0 THEN x.message END
                FROM sluice.event e LEFT JOIN (
                    SELECT DISTINCT ON (version, step) version, step, message
                    FROM sluice.event WHERE kind = 'lock estimated' ORDER BY version, step, id DESC) x
                    ON (x.version, x.step) = (e.version, e.step)
                WHERE e.kind NOT IN ('shape', 'lock estimated') ORDER BY e.id
                """,
                row -> new HistoryEntry(
                        row.number(1),
                        row.instant(2),
                        row.textIfAny(3),
                        row.textIfAny(4),
                        row.text(5),
                        row.text(6),
                        row.text(7),
                        row.textIfAny(8),
                        row.textIfAny(9),
                        millis(row, 10),
                        millis(row, 11),
                        millis(row, 12),
                        row.numberIfAny(13),
                        millis(row, 14)));
    }

    /** Who holds the lease, in words; empty when nobody does. */
    static Optional<String> runner(Session session) {
        return holder(session).filter(holder -> !holder.expired()).map(Holder::words);
    }

    /**
     * Who took the lease last and has not given it back.
     *
     * @param expired whether it has given no sign of life for so long that the lease counts no more; its sessions may still
     *     be there
     */
    record Holder(String words, boolean expired) {}

    static Optional<Holder> holder(Session session) {
        return session.one("""
                SELECT holder || ', since ' || to_char(acquired_at, 'YYYY-MM-DD HH24:MI:SS TZ') || ', last sign of life '
                    || greatest(0, extract(epoch FROM clock_timestamp() - heartbeat_at))::int || ' s ago',
                    expires_at <= clock_timestamp()
                FROM sluice.lease WHERE holder IS NOT NULL
                """, row -> new Holder(row.text(1), row.bool(2)));
    }

    private static JournalRecord migration(Row row) {
        return new JournalRecord(
                row.text(1),
                row.text(2),
                row.number(3),
                MigrationState.of(row.text(4)),
                row.text(5),
                row.text(6),
                row.text(7),
                row.textIfAny(8),
                row.instant(9),
                row.instantIfAny(10),
                row.textIfAny(11));
    }

    private static JournalStep step(Row row) {
        return new JournalStep(
                row.text(1), row.text(2), row.text(3), row.number(4), JournalStep.State.of(row.text(5)), row.text(6));
    }

    private static Optional<Duration> millis(Row row, int column) {
        return row.textIfAny(column).map(text -> Duration.ofNanos(Math.round(Double.parseDouble(text) * 1e6)));
    }
}
