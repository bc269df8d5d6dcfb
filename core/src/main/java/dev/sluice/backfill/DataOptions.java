package dev.sluice.backfill;

import static java.util.Objects.requireNonNull;

import java.time.Duration;

/**
 * How hard a walk may press.
 *
 * @param targetBatch duration a batch is steered to; the longest time an application waits for one of our row locks is
 *     one batch (measured: at most 50 ms keeps the application's p99 in the noise)
 * @param maxReplicaLag replay lag above which the walk slows down; above twice as much it pauses; a lag that cannot be seen
 *     counts as one that is too large; zero: replicas are not looked at
 * @param patience how long to go on retrying while nothing succeeds, before ending with a resumable error
 * @param vacuum whether to VACUUM between batches
 * @param maxSweeps full passes over the table in search of missed rows, before ending with an error
 * @param workers how many sessions of this process share one backfill
 * @param idleWorkers how many more do, while no other session is at work on the database
 * @param blocksPerRange the least that a worker claims at once
 */
public record DataOptions(
        Duration targetBatch,
        Duration maxReplicaLag,
        Duration patience,
        Vacuuming vacuum,
        int maxSweeps,
        int workers,
        int idleWorkers,
        long blocksPerRange) {

    /** More would only wait for one another's locks and log writes. */
    public static final int MOST_WORKERS = 32;

    private static final long BLOCKS_PER_RANGE = 512;

    /** When to VACUUM between batches. */
    public enum Vacuuming {
        NEVER,
        /** Tables of 1 GiB and more, whenever a fifth of their rows is dead. */
        LARGE_TABLES,
        /** Whenever a fifth of the rows is dead. */
        ALWAYS
    }

    public DataOptions {
        requireNonNull(targetBatch);
        requireNonNull(maxReplicaLag);
        requireNonNull(patience);
        requireNonNull(vacuum);
        if (targetBatch.toMillis() < 1 || targetBatch.toMillis() > 1000) {
            throw new IllegalArgumentException("target batch time must be 1 ms to 1 s: " + targetBatch);
        }
        if (maxSweeps < 1) {
            throw new IllegalArgumentException("at least one sweep is needed: " + maxSweeps);
        }
        if (workers < 1 || workers > MOST_WORKERS) {
            throw new IllegalArgumentException("1 to " + MOST_WORKERS + " workers: " + workers);
        }
        if (idleWorkers < 0 || idleWorkers > MOST_WORKERS) {
            throw new IllegalArgumentException("0 to " + MOST_WORKERS + " workers of an idle database: " + idleWorkers);
        }
        if (blocksPerRange < 1) {
            throw new IllegalArgumentException("at least one block: " + blocksPerRange);
        }
    }

    /** With one worker, whether or not the database is idle. */
    public DataOptions(
            Duration targetBatch, Duration maxReplicaLag, Duration patience, Vacuuming vacuum, int maxSweeps) {
        this(targetBatch, maxReplicaLag, patience, vacuum, maxSweeps, 1, 0, BLOCKS_PER_RANGE);
    }

    /** One worker, and a second one while the database is idle. */
    public static DataOptions defaults() {
        return new DataOptions(
                Duration.ofMillis(50),
                Duration.ofMillis(1500),
                Duration.ofMinutes(10),
                Vacuuming.LARGE_TABLES,
                5,
                1,
                1,
                BLOCKS_PER_RANGE);
    }

    public DataOptions withTargetBatch(Duration time) {
        return new DataOptions(time, maxReplicaLag, patience, vacuum, maxSweeps, workers, idleWorkers, blocksPerRange);
    }

    public DataOptions withMaxReplicaLag(Duration lag) {
        return new DataOptions(targetBatch, lag, patience, vacuum, maxSweeps, workers, idleWorkers, blocksPerRange);
    }

    /** So many, whether or not the database is idle. */
    public DataOptions withWorkers(int number) {
        return new DataOptions(targetBatch, maxReplicaLag, patience, vacuum, maxSweeps, number, 0, blocksPerRange);
    }

    public DataOptions withBlocksPerRange(long blocks) {
        return new DataOptions(targetBatch, maxReplicaLag, patience, vacuum, maxSweeps, workers, idleWorkers, blocks);
    }
}
