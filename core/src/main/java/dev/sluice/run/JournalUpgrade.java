package dev.sluice.run;

import dev.sluice.Settings;
import dev.sluice.db.Session;
import dev.sluice.plan.LockMode;
import dev.sluice.plan.TableLock;
import dev.sluice.sql.QualifiedName;
import java.time.Duration;
import java.util.List;

/**
 * Brings a journal that an older Sluice made up to date: in one transaction, under the lock budget of every step, because
 * somebody may be reading it.
 */
final class JournalUpgrade {

    /** The element at n leads from version n + 1 to n + 2. Each also takes what went by its number before it was raised. */
    private static final List<String> UPGRADES = List.of("""
            ALTER TABLE sluice.journal ADD COLUMN IF NOT EXISTS max_duty double precision NOT NULL DEFAULT 1
                CHECK (max_duty BETWEEN 0 AND 1);
            ALTER TABLE sluice.backfill DROP COLUMN IF EXISTS max_duty, ADD COLUMN epoch bigint, ADD COLUMN pace text;
            ALTER TABLE sluice.step ADD COLUMN wal_bytes bigint, ADD COLUMN disk_bytes bigint;
            """ + JournalSchema.RANGES);

    private static final List<TableLock> LOCKS = List.of(lock("journal"), lock("step"), lock("backfill"));

    private JournalUpgrade() {}

    /** Does nothing when the journal is of this version. The caller holds the lease. */
    static void run(Session session, Settings settings, Cancellation cancellation, RunListener listener) {
        if (JournalSchema.version(session) == JournalSchema.VERSION) {
            return;
        }
        LockAcquirer locks = new LockAcquirer(
                settings.locks(),
                cancellation,
                (blockers, waited, tries) ->
                        listener.on(new RunEvent.WaitingForLock("", "journal", blockers, waited, tries)));
        locks.run(session, LOCKS, new TransactionSettings(session), timing -> {
            int found = JournalSchema.version(session);
            UPGRADES.subList(found - 1, JournalSchema.VERSION - 1).forEach(session::execute);
            session.execute("UPDATE sluice.journal SET version = ?", JournalSchema.VERSION);
            return found;
        });
    }

    private static TableLock lock(String table) {
        return new TableLock(QualifiedName.of("sluice", table), LockMode.ACCESS_EXCLUSIVE);
    }

    private record TransactionSettings(Session session) implements LockAcquirer.Prepare {
        @Override
        public void before(Duration lockTimeout) {}

        @Override
        public void inside(Duration lockTimeout) {
            session.query(
                    "SELECT set_config('lock_timeout', ?, true), set_config('statement_timeout', '5s', true)",
                    row -> row.text(1),
                    lockTimeout.toMillis() + "ms");
        }
    }
}
