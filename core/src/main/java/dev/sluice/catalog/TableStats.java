package dev.sluice.catalog;

/**
 * What the server knows about a table's size and use. Never part of a comparison or fingerprint.
 *
 * @param estimatedRows {@code reltuples}, corrected by the live tuple count of the statistics system; −1 when never counted
 * @param pages heap pages at the last VACUUM or ANALYZE ({@code relpages})
 * @param bytes heap pages now × block size, TOAST not included; −1 when not asked for
 * @param indexBytes all indexes, as of their last VACUUM or ANALYZE
 * @param everWritten something was ever inserted, as far as can be seen: pages or counters say so
 * @param relfilenode changes with each rewrite; 0 for partitioned and foreign tables
 */
public record TableStats(
        long estimatedRows,
        long pages,
        long bytes,
        long indexBytes,
        long inserted,
        long updated,
        long deleted,
        long sequentialScans,
        long indexScans,
        boolean everWritten,
        long relfilenode) {

    /** A table nothing was ever written to. */
    public static final TableStats EMPTY = new TableStats(0, 0, 0, 0, 0, 0, 0, 0, 0, false, 0);

    /** For tests: a table of this many rows at 100 per page. */
    public static TableStats ofRows(long rows) {
        return new TableStats(rows, rows / 100 + 1, (rows / 100 + 1) * 8192, 0, rows, 0, 0, 0, 0, rows > 0, 1);
    }
}
