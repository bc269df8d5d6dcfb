package dev.sluice.backfill;

import dev.sluice.sql.QualifiedName;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Counts what a walk does and tells the listener, at most four times a second. Not thread-safe. */
final class Meter {

    private static final long EVERY_NANOS = 250_000_000L;
    private static final double RATE_WEIGHT = 0.3;

    private final ProgressListener listener;
    private final QualifiedName table;
    private final String activity;
    private final long started = System.nanoTime();
    private long totalBlocks;
    private long estimatedRows;
    private long blocks;
    private long rows;
    private long updated;
    private long hot;
    private long lastTold;
    private long lastToldRows;
    private long lastToldBlocks;
    private double rowsPerSecond;
    private double blocksPerSecond;
    private Duration lastBatch = Duration.ZERO;
    private double duty = 1;

    Meter(ProgressListener listener, QualifiedName table, String activity) {
        this.listener = listener;
        this.table = table;
        this.activity = activity;
        this.lastTold = started;
    }

    void expect(List<Leaf> leaves) {
        totalBlocks = leaves.stream().mapToLong(Leaf::blocks).sum();
        boolean known = leaves.stream().allMatch(leaf -> leaf.rows() >= 0);
        estimatedRows = known ? leaves.stream().mapToLong(Leaf::rows).sum() : -1;
    }

    /** Where the walk stands, which a resumed one does not begin at 0. */
    void position(long blocksDone, long rowsDone) {
        blocks = blocksDone;
        rows = rowsDone;
    }

    /** What others do while this worker has nothing to do; tells now and then. */
    void others(long blocksDone, long rowsDone) {
        position(blocksDone, rowsDone);
        long now = System.nanoTime();
        if (now - lastTold >= EVERY_NANOS) {
            tell(now);
        }
    }

    void resume(long blocksDone, long rowsDone) {
        position(blocksDone, rowsDone);
        lastToldBlocks = blocksDone;
        lastToldRows = rowsDone;
    }

    void batch(Duration took, double share, long updatedRows, long hotRows) {
        lastBatch = took;
        duty = share;
        updated += updatedRows;
        hot += hotRows;
        long now = System.nanoTime();
        if (now - lastTold >= EVERY_NANOS) {
            tell(now);
        }
    }

    void finished() {
        blocks = totalBlocks;
        tell(System.nanoTime());
    }

    double hotRatio() {
        return updated == 0 ? 0 : Math.min(1, (double) hot / updated);
    }

    Duration elapsed() {
        return Duration.ofNanos(System.nanoTime() - started);
    }

    private void tell(long now) {
        double seconds = Math.max(1e-9, (now - lastTold) / 1e9);
        rowsPerSecond = smooth(rowsPerSecond, (rows - lastToldRows) / seconds);
        blocksPerSecond = smooth(blocksPerSecond, (blocks - lastToldBlocks) / seconds);
        lastTold = now;
        lastToldRows = rows;
        lastToldBlocks = blocks;
        Optional<Duration> eta = blocksPerSecond > 0
                ? Optional.of(Duration.ofMillis((long) (1000 * Math.max(0, totalBlocks - blocks) / blocksPerSecond)))
                : Optional.empty();
        double percent = totalBlocks == 0 ? 100 : Math.min(100, 100.0 * blocks / totalBlocks);
        listener.progress(new Progress(
                table,
                activity,
                rows,
                estimatedRows,
                percent,
                Math.max(0, rowsPerSecond),
                eta,
                lastBatch,
                hotRatio(),
                duty));
    }

    private static double smooth(double before, double now) {
        return before == 0 ? now : (1 - RATE_WEIGHT) * before + RATE_WEIGHT * now;
    }
}
