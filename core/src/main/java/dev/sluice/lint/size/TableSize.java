package dev.sluice.lint.size;

/**
 * The size and use of one table.
 *
 * @param rows as the server estimates them; −1 when it has never counted
 * @param heapBytes of the table itself and its TOAST table, now
 * @param indexBytes of all its indexes, now
 * @param indexes how many
 * @param readsPerSecond scans begun, of the table and its indexes, on average since the statistics were reset
 * @param writesPerSecond rows inserted, updated and deleted, on the same average
 */
public record TableSize(
        long rows, long heapBytes, long indexBytes, int indexes, double readsPerSecond, double writesPerSecond) {

    /** Nothing in it and nothing ever was: not a page. */
    public boolean isEmpty() {
        return heapBytes == 0;
    }

    TableSize plus(TableSize other) {
        return new TableSize(
                rows < 0 || other.rows < 0 ? -1 : rows + other.rows,
                heapBytes + other.heapBytes,
                indexBytes + other.indexBytes,
                Math.max(indexes, other.indexes),
                readsPerSecond + other.readsPerSecond,
                writesPerSecond + other.writesPerSecond);
    }
}
