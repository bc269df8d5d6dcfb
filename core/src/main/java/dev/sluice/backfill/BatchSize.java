package dev.sluice.backfill;

/**
 * How many blocks a window should have so that a batch takes the target time. Cost is tracked per block, as rows per
 * block and cost per row differ between regions of a table. Pure; not thread-safe.
 */
final class BatchSize {

    private static final double WEIGHT = 0.3;
    private static final double GROWTH = 1.5;
    /** While batches take a small part of their time: half of what their cost allows, or the first windows of a table would
     * mostly cost what surrounds them. */
    private static final double FIRST_GROWTH = 4;

    private static final int PANIC = 5;

    private final double targetMillis;
    private final long max;
    private double millisPerBlock;
    private long blocks;

    BatchSize(double targetMillis, long first, long max) {
        this.targetMillis = targetMillis;
        this.blocks = first;
        this.max = max;
    }

    long blocks() {
        return blocks;
    }

    /** A batch over that many blocks took so long; {@code target} is lower than usual while somebody waits for us. */
    void observe(long over, double millis, double targetShare) {
        double cost = millis / Math.max(1, over);
        millisPerBlock = millisPerBlock == 0 ? cost : (1 - WEIGHT) * millisPerBlock + WEIGHT * cost;
        double target = targetMillis * targetShare;
        if (millis > PANIC * target && over <= blocks) {
            blocks = Math.max(1, Math.min(blocks, over) / 10);
            millisPerBlock = cost;
            return;
        }
        double ideal = target / Math.max(1e-6, millisPerBlock);
        double growth = Math.max(GROWTH, Math.min(FIRST_GROWTH, ideal / (2 * Math.max(1, over))));
        blocks = clamp(Math.min(ideal, growth * over + 1));
    }

    /** The number of passes changed: each batch now does more or less work per block. */
    void scale(double factor) {
        millisPerBlock *= factor;
        blocks = clamp(blocks / factor);
    }

    /** After a failure of a batch over that many blocks. */
    void shrink(long over) {
        blocks = clamp(over / 2.0);
    }

    private long clamp(double value) {
        return Math.max(1, Math.min(max, (long) value));
    }
}
