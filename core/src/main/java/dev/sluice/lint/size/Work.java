package dev.sluice.lint.size;

import java.time.Duration;

/**
 * How long PostgreSQL needs for work on all rows of a table. The rates are those of the project's laboratory (two cores, files
 * in memory, rows of some 100 bytes): a rewrite of 3 million rows with their index in 12.5 s, reading at 300 MB/s, an index of
 * 700,000 rows/s. A server on slow disks needs several times that; the order of magnitude is what counts here. That a rewrite does not get past 100 MB/s, which decides for wide rows,
 * is assumed: it was not measured.
 */
final class Work {

    private static final double REWRITTEN_ROWS_PER_SECOND = 240_000;
    /** Read, written, and logged: assumed. */
    private static final double REWRITTEN_BYTES_PER_SECOND = 100e6;

    private static final double READ_BYTES_PER_SECOND = 300e6;
    private static final double INDEXED_ROWS_PER_SECOND = 700_000;

    /** Of a row nobody has counted. */
    private static final double ROW_BYTES = 100;

    private Work() {}

    static Duration rewrite(TableSize size) {
        double more = Math.max(0, size.indexes() - 1) * rows(size) / INDEXED_ROWS_PER_SECOND;
        double copy = Math.max(rows(size) / REWRITTEN_ROWS_PER_SECOND, size.heapBytes() / REWRITTEN_BYTES_PER_SECOND);
        return duration(copy + more);
    }

    static Duration read(TableSize size) {
        return duration(size.heapBytes() / READ_BYTES_PER_SECOND);
    }

    static Duration index(TableSize size) {
        return duration(rows(size) / INDEXED_ROWS_PER_SECOND).plus(read(size));
    }

    private static double rows(TableSize size) {
        return size.rows() >= 0 ? size.rows() : size.heapBytes() / ROW_BYTES;
    }

    private static Duration duration(double seconds) {
        return Duration.ofNanos((long) (seconds * 1e9));
    }
}
