package dev.sluice.backfill;

import dev.sluice.db.Session;

/**
 * A VACUUM of somebody else's on the table: half the speed, so that both get on. One against transaction id wraparound has
 * the way: nothing may keep it from its end. A table that is old enough for that is never vacuumed for another reason, so
 * its age tells, which every role may see.
 */
final class OtherVacuum implements Signal {

    private static final String VACUUM = """
            SELECT age(c.relfrozenxid) > least(current_setting('autovacuum_freeze_max_age')::bigint, o.own)
                OR mxid_age(c.relminmxid) > current_setting('autovacuum_multixact_freeze_max_age')::bigint
            FROM pg_catalog.pg_class c LEFT JOIN LATERAL (
                SELECT min(option_value::bigint) AS own FROM pg_options_to_table(c.reloptions)
                WHERE option_name = 'autovacuum_freeze_max_age') o ON true
            WHERE c.oid = ?::bigint::oid AND EXISTS (
                SELECT FROM pg_catalog.pg_locks l WHERE l.relation = c.oid AND l.granted
                    AND l.mode = 'ShareUpdateExclusiveLock' AND l.pid <> pg_backend_pid()
                    AND l.database = (SELECT oid FROM pg_catalog.pg_database WHERE datname = current_database())
                    AND l.pid NOT IN (SELECT pid FROM pg_catalog.pg_stat_activity WHERE application_name LIKE 'sluice %'))
            """;

    private boolean running;

    /** By the last look. */
    boolean isRunning() {
        return running;
    }

    @Override
    public String name() {
        return "vacuum";
    }

    @Override
    public Pressure look(Session session, long relation) {
        var wraparound = session.one(VACUUM, row -> row.boolIfAny(1).orElse(false), relation);
        running = wraparound.isPresent();
        if (!running) {
            return Pressure.NONE;
        }
        return wraparound.get()
                ? new Pressure(3, "wraparound vacuum", "a vacuum against transaction id wraparound works on the table")
                : new Pressure(0.9, name(), "a vacuum works on the table: half the speed");
    }
}
