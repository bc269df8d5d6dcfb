package dev.sluice.run;

import static java.util.Objects.requireNonNull;

import dev.sluice.db.RowReader;
import dev.sluice.db.Session;
import dev.sluice.migration.Migration;
import dev.sluice.plan.Plan;
import dev.sluice.plan.PlanSecrets;
import dev.sluice.plan.Step;
import dev.sluice.sql.Redaction;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Writes to the journal on behalf of one runner. Every method runs inside the caller's transaction, checks first that
 * this runner still holds the lease, and keeps a takeover waiting until that transaction ends.
 */
final class Journal {

    private final long epoch;
    private final String actor;
    private final Fence fence;

    Journal(long epoch, String actor) {
        this.epoch = epoch;
        this.fence = new Fence(epoch);
        this.actor = requireNonNull(actor);
    }

    /** The epoch under which everything is written. */
    long epoch() {
        return epoch;
    }

    /** @throws FencedException when another runner has taken over, or the server has lost what this one had written */
    void fence(Session session) {
        fence.check(session);
    }

    /** The transaction that wrote last is committed: its server must know of it from now on. */
    void confirm() {
        fence.confirm();
    }

    /** The transaction that wrote last may have been rolled back. */
    void doubt() {
        fence.doubt();
    }

    /** An earlier attempt, which was taken back, leaves only its events. */
    void forgetMigration(Session session, String version) {
        session.execute("DELETE FROM sluice.migration WHERE version = ?", version);
    }

    /** The migration begins, whether for the first time or again. */
    void begin(Session session, Migration migration, Plan plan) {
        fence(session);
        forgetMigration(session, plan.migration().version());
        session.execute(
                """
                INSERT INTO sluice.migration
                    (version, name, state, file, up_checksum, down_checksum, up_sql, down_sql, plan, epoch, actor)
                VALUES (?, ?, 'expanding', ?, ?, ?, ?, ?, ?::json, ?, ?)
                """,
                plan.migration().version(),
                plan.migration().name(),
                migration.file(),
                migration.checksum(),
                migration.down().map(down -> down.checksum()),
                Redaction.kept(migration.up().sql()),
                migration.down().map(down -> Redaction.kept(down.sql())),
                PlanSecrets.json(plan),
                epoch,
                actor);
        fence.wrote(event(
                session, Event.of("migration expanding").in(plan.migration().version())));
    }

    /**
     * The row of a migration whose statements all run in the transaction that this joins: fence, migration and event in
     * one statement, because a fresh database gets hundreds of these. Without the lease there is no epoch, which the row
     * may not lack: the statement fails. So it does when the row of an earlier attempt has not been forgotten.
     *
     * @param last whether to commit in the same round trip
     * @return the session's {@code search_path} and {@code lock_timeout} as the statements left them
     */
    SessionSettings applied(
            Session session, Migration migration, Plan plan, String sql, StepMetrics metrics, boolean last) {
        Object[] values = {
            plan.migration().version(),
            plan.migration().name(),
            migration.file(),
            migration.checksum(),
            migration.down().map(down -> down.checksum()),
            Redaction.kept(migration.up().sql()),
            migration.down().map(down -> Redaction.kept(down.sql())),
            PlanSecrets.json(plan),
            epoch,
            fence.confirmed(),
            fence.confirmed(),
            actor,
            metrics.duration().toMillis(),
            Redaction.kept(sql),
            StepMetrics.millis(metrics.lockWait()),
            StepMetrics.millis(metrics.lockHeld()),
            StepMetrics.millis(metrics.duration()),
            metrics.rows()
        };
        RowReader<Applied> reader = row -> new Applied(new SessionSettings(row.text(1), row.text(2)), row.number(3));
        Applied applied = (last ? session.oneAndCommit(APPLIED, reader, values) : session.one(APPLIED, reader, values))
                .orElseThrow();
        fence.wrote(applied.event());
        return applied.left();
    }

    private record Applied(SessionSettings left, long event) {}

    private static final String APPLIED = """
            WITH migration AS (
                INSERT INTO sluice.migration (version, name, state, file, up_checksum, down_checksum,
                    up_sql, down_sql, plan, epoch, actor, started_at, finished_at, work_ms)
                VALUES (?, ?, 'applied', ?, ?, ?, ?, ?, ?::json,
                    (""" + Fence.HELD + """
            ), ?, now(), clock_timestamp(), ?)
                RETURNING version, epoch, actor),
            event AS (
                INSERT INTO sluice.event (epoch, actor, version, kind, sql, lock_wait_ms, lock_held_ms,
                    duration_ms, rows)
                SELECT epoch, actor, version, 'migration applied', ?, ?, ?, ?, ? FROM migration RETURNING id)
            SELECT current_setting('search_path'), current_setting('lock_timeout'), id FROM event""";

    /** The author's down script has run in the transaction that this joins. */
    void reverted(Session session, String version, String sql, StepMetrics metrics) {
        state(session, version, MigrationState.REVERTED, metrics.duration());
        fence.wrote(
                event(session, Event.of("down script").in(version).running(sql).costing(metrics)));
    }

    /** Whether this runner's last word on a migration is a transaction that ran this SQL; for lost connections. */
    boolean wroteLast(Session session, String version, String sql) {
        return session.isTrue("""
                SELECT sql = ? AND kind IN ('migration applied', 'down script') FROM sluice.event
                WHERE version = ? AND epoch = ? ORDER BY id DESC LIMIT 1
                """, Redaction.kept(sql), version, epoch);
    }

    /** The migration comes to, or leaves, a state. */
    void state(Session session, String version, MigrationState state, Duration worked) {
        fence(session);
        session.execute("""
                UPDATE sluice.migration SET state = ?, epoch = ?, actor = ?, work_ms = work_ms + ?, last_error = NULL,
                    finished_at = CASE WHEN ? THEN NULL ELSE clock_timestamp() END
                WHERE version = ?
                """, state.text(), epoch, actor, worked.toMillis(), state.isUnfinished(), version);
        fence.wrote(event(session, Event.of("migration " + state.text()).in(version)));
    }

    void downPlan(Session session, String version, Plan down) {
        session.execute(
                "UPDATE sluice.migration SET down_plan = ?::json WHERE version = ?", PlanSecrets.json(down), version);
    }

    void failed(Session session, String version, String message) {
        fence(session);
        session.execute(
                "UPDATE sluice.migration SET last_error = ? WHERE version = ?", Redaction.kept(message), version);
        fence.wrote(event(session, Event.of("failed").in(version).saying(message)));
    }

    /** The run failed before anything was changed: the migration is as if it had not been begun. */
    void nothingDone(Session session, String version) {
        session.execute(
                "UPDATE sluice.migration SET state = 'reverted', finished_at = clock_timestamp() WHERE version = ?",
                version);
        event(session, Event.of("migration reverted").in(version).saying("nothing had been changed"));
    }

    /** A step that is not one transaction says what it is going to do, so that a later run knows where to look. */
    void intent(Session session, String version, String phase, String id, Step step, String sql) {
        fence(session);
        session.execute("""
                INSERT INTO sluice.step (version, id, phase, state, title) VALUES (?, ?, ?, 'running', ?)
                ON CONFLICT (version, id) DO UPDATE SET state = 'running', started_at = clock_timestamp()
                """, version, id, phase, step.info().title());
        fence.wrote(event(session, Event.of("step running").in(version).at(id).running(sql)));
    }

    void done(Session session, String version, String phase, String id, Step step, String sql, StepMetrics metrics) {
        fence(session);
        session.execute(
                """
                INSERT INTO sluice.step (version, id, phase, state, title, lock_wait_ms, lock_held_ms, duration_ms, rows,
                    tries, finished_at)
                VALUES (?, ?, ?, 'done', ?, ?, ?, ?, ?, ?, clock_timestamp())
                ON CONFLICT (version, id) DO UPDATE SET (state, lock_wait_ms, lock_held_ms, duration_ms, rows, tries,
                    finished_at) = (excluded.state, excluded.lock_wait_ms, excluded.lock_held_ms,
                    excluded.duration_ms, excluded.rows, excluded.tries, excluded.finished_at)
                """,
                version,
                id,
                phase,
                step.info().title(),
                StepMetrics.millis(metrics.lockWait()),
                StepMetrics.millis(metrics.lockHeld()),
                StepMetrics.millis(metrics.duration()),
                metrics.rows(),
                metrics.tries());
        fence.wrote(event(
                session, Event.of("step done").in(version).at(id).running(sql).costing(metrics)));
    }

    /**
     * Saves the cursor of a backfill, in the transaction of its batch.
     *
     * @return the share of the time that may be spent in batches, as a person has set it; 1 when nobody has
     */
    double cursor(Session session, String version, String step, String cursor, long rows) {
        return session.one("""
                        INSERT INTO sluice.backfill (version, step, cursor, rows, updated_at)
                        SELECT ?, ?, ?, ?, clock_timestamp()
                        FROM (SELECT epoch FROM sluice.lease WHERE epoch = ? FOR KEY SHARE) AS fence
                        ON CONFLICT (version, step) DO UPDATE SET
                            (cursor, rows, updated_at) = (excluded.cursor, excluded.rows, excluded.updated_at)
                        RETURNING (SELECT max_duty FROM sluice.journal)
                        """, row -> row.decimal(1), version, step, cursor, rows, epoch)
                .orElseThrow(() -> FencedException.ask(session, epoch));
    }

    /** What a step leaves, in its own transaction; see {@link TableShape}. */
    void shape(Session session, String version, String step, List<String> lines) {
        event(session, Event.of(TableShape.KIND).in(version).at(step).saying(String.join("\n", lines)));
    }

    /** What a step is expected to take; {@link #outlay} says what it took. */
    void estimated(Session session, String version, StepEstimate step) {
        event(
                session,
                Event.of(Outlay.EXPECTED)
                        .in(version)
                        .at(step.step())
                        .saying(Outlay.words(step.duration(), step.walBytes(), step.diskBytes())));
    }

    /** How long a step is expected to hold locks that an application waits for; {@link #done} says how long it did. */
    void estimated(Session session, String version, LockEstimate lock) {
        lock.held()
                .ifPresent(held -> event(
                        session,
                        Event.of(LockEstimate.EXPECTED)
                                .in(version)
                                .at(lock.step())
                                .saying(String.valueOf(StepMetrics.millis(held)))));
    }

    /** @return what was expected of the step; empty when nothing was */
    Optional<String> outlay(Session session, String version, String step, Duration took, Outlay outlay) {
        session.execute(
                "UPDATE sluice.step SET wal_bytes = ?, disk_bytes = ? WHERE version = ? AND id = ?",
                outlay.lsn(),
                outlay.tableBytes(),
                version,
                step);
        Optional<String> expected = session.one(
                "SELECT message FROM sluice.event WHERE version = ? AND step = ? AND kind = ? ORDER BY id DESC LIMIT 1",
                row -> row.text(1),
                version,
                step,
                Outlay.EXPECTED);
        expected.ifPresent(words -> event(
                session,
                Event.of("took")
                        .in(version)
                        .at(step)
                        .saying(Outlay.words(Optional.of(took), outlay.lsn(), outlay.tableBytes()) + "; estimated: "
                                + words)));
        return expected;
    }

    /** What slows a backfill down; empty: nothing. */
    void pace(Session session, String version, String step, Optional<String> why) {
        fence(session);
        session.execute("UPDATE sluice.backfill SET pace = ? WHERE version = ? AND step = ?", why, version, step);
    }

    /** Outside a transaction: whom a step waits for. */
    void waiting(Session session, String version, String step, List<Blocker> blockers) {
        String who = blockers.stream().map(Blocker::describe).collect(Collectors.joining("\n"));
        event(session, Event.of("waiting for lock").in(version).at(step).saying(who));
    }

    /** Steps that ran in the transaction of their migration have no rows; going back step by step needs them. */
    void recordDone(Session session, String version, List<Step> steps) {
        fence(session);
        for (Step step : steps) {
            session.execute("""
                    INSERT INTO sluice.step (version, id, phase, state, title, finished_at)
                    VALUES (?, ?, 'expand', 'done', ?, clock_timestamp()) ON CONFLICT DO NOTHING
                    """, version, step.id(), step.info().title());
        }
    }

    /** A step that turned out to leave nothing behind. */
    void forget(Session session, String version, String id) {
        fence(session);
        session.execute("DELETE FROM sluice.step WHERE version = ? AND id = ?", version, id);
        event(session, Event.of("step cleaned up").in(version).at(id));
    }

    /** Steps that were taken back and may run again, with what their undo left and where their backfills stood. */
    void forgetPhase(Session session, String version, List<String> ids) {
        fence(session);
        session.execute("""
                DELETE FROM sluice.step
                WHERE version = ? AND (id = ANY (?::text[]) OR split_part(id, '/undo/', 1) = ANY (?::text[]))
                """, version, ids, ids);
    }

    void stepState(Session session, String version, String id, JournalStep.State state) {
        fence(session);
        String text = state.name().toLowerCase(java.util.Locale.ROOT);
        session.execute("UPDATE sluice.step SET state = ? WHERE version = ? AND id = ?", text, version, id);
        fence.wrote(event(session, Event.of("step " + text).in(version).at(id)));
    }

    /** @return its number */
    long event(Session session, Event event) {
        Optional<StepMetrics> metrics = event.metrics();
        return session.one(
                        """
                INSERT INTO sluice.event (epoch, actor, version, step, kind, message, sql, lock_wait_ms, lock_held_ms,
                    duration_ms, rows) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING id
                """,
                        row -> row.number(1),
                        epoch,
                        actor,
                        event.version(),
                        event.step(),
                        event.kind(),
                        event.message().map(Redaction::kept),
                        event.sql().map(Redaction::kept),
                        metrics.map(m -> StepMetrics.millis(m.lockWait())),
                        metrics.map(m -> StepMetrics.millis(m.lockHeld())),
                        metrics.map(m -> StepMetrics.millis(m.duration())),
                        metrics.map(StepMetrics::rows))
                .orElseThrow();
    }

    /** Session settings, as text. */
    record SessionSettings(String searchPath, String lockTimeout) {
        SessionSettings {
            requireNonNull(searchPath);
            requireNonNull(lockTimeout);
        }
    }

    /** What goes into one row of the event table. */
    record Event(
            String kind,
            Optional<String> version,
            Optional<String> step,
            Optional<String> message,
            Optional<String> sql,
            Optional<StepMetrics> metrics) {
        Event {
            requireNonNull(kind);
            requireNonNull(version);
            requireNonNull(step);
            requireNonNull(message);
            requireNonNull(sql);
            requireNonNull(metrics);
        }

        static Event of(String kind) {
            return new Event(
                    kind, Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
        }

        Event in(String migration) {
            return new Event(kind, Optional.of(migration), step, message, sql, metrics);
        }

        Event at(String stepId) {
            return new Event(kind, version, Optional.of(stepId), message, sql, metrics);
        }

        Event saying(String text) {
            return new Event(kind, version, step, Optional.of(text), sql, metrics);
        }

        Event running(String text) {
            return new Event(kind, version, step, message, Optional.of(text), metrics);
        }

        Event costing(StepMetrics cost) {
            return new Event(kind, version, step, message, sql, Optional.of(cost));
        }
    }
}
