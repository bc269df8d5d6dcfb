package dev.sluice.backfill;

import dev.sluice.db.DatabaseException;
import dev.sluice.db.Row;
import dev.sluice.db.Session;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Locale;

/**
 * How far the slowest replica is behind, in time. {@code replay_lag} of {@code pg_stat_replication} does not tell: it keeps
 * its last value while replay stands still. So it is measured here: since when has the log been longer than what the replica
 * has replayed by now? What a role may not see counts as unknown, and unknown stops the walk after a while.
 */
final class ReplicaLag implements Signal {

    private static final Duration BLIND = Duration.ofSeconds(15);
    private static final int SAMPLES = 2048;

    // replicas that are being set up (pg_basebackup) are no replicas yet
    private static final String REPLICAS = """
            SELECT coalesce(nullif(application_name, ''), 'pid ' || pid), state IS NULL OR replay_lsn IS NULL,
                coalesce(pg_wal_lsn_diff(pg_current_wal_lsn(), '0/0'), 0)::bigint,
                coalesce(pg_wal_lsn_diff(replay_lsn, '0/0'), 0)::bigint
            FROM pg_catalog.pg_stat_replication WHERE state IS NULL OR state IN ('streaming', 'catchup')
            """;

    private final Duration limit;
    private final Duration patience;
    private final Deque<Sample> samples = new ArrayDeque<>();
    private long blindSince;
    private boolean blind;

    ReplicaLag(Duration limit) {
        this(limit, BLIND);
    }

    /** @param patience how long a lag may be unknown before the walk stops */
    ReplicaLag(Duration limit, Duration patience) {
        this.limit = limit;
        this.patience = patience;
    }

    private record Sample(long nanos, long lsn) {}

    private record Replica(String name, boolean unknown, long written, long replayed) {}

    @Override
    public String name() {
        return "replica lag";
    }

    @Override
    public Pressure look(Session session, long relation) {
        if (limit.isZero()) {
            return Pressure.NONE;
        }
        long now = System.nanoTime();
        List<Replica> replicas;
        try {
            replicas = session.query(REPLICAS, ReplicaLag::replica);
        } catch (DatabaseException e) {
            if (e.isConnectionLost()) {
                throw e;
            }
            return unknown(now);
        }
        if (replicas.stream().anyMatch(Replica::unknown)) {
            return unknown(now);
        }
        blind = false;
        if (replicas.isEmpty()) {
            samples.clear();
            return Pressure.NONE;
        }
        samples.addLast(new Sample(now, replicas.get(0).written()));
        Replica slowest = replicas.stream()
                .min((a, b) -> Long.compare(a.replayed(), b.replayed()))
                .orElseThrow();
        samples.removeIf(sample -> sample.lsn() <= slowest.replayed());
        thinOut();
        double millis = samples.isEmpty() ? 0 : (now - samples.getFirst().nanos()) / 1e6;
        return new Pressure(
                millis / limit.toMillis(),
                name(),
                String.format(
                        Locale.ROOT,
                        "replica lag %.1f s of %s (limit %.1f s)",
                        millis / 1000,
                        slowest.name(),
                        limit.toMillis() / 1000.0));
    }

    /** After minutes, the first one and the latest ones are enough. */
    private void thinOut() {
        while (samples.size() > SAMPLES) {
            Sample first = samples.removeFirst();
            samples.removeFirst();
            samples.addFirst(first);
        }
    }

    private Pressure unknown(long now) {
        if (!blind) {
            blind = true;
            blindSince = now;
        }
        return new Pressure(
                now - blindSince >= patience.toNanos() ? 3 : 1,
                name(),
                "replica lag unknown (pg_stat_replication does not tell this role; GRANT pg_monitor to it, or"
                        + " --max-replica-lag 0s not to look)");
    }

    private static Replica replica(Row row) {
        return new Replica(row.text(1), row.bool(2), row.number(3), row.number(4));
    }
}
