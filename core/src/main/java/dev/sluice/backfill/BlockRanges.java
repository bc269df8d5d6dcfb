package dev.sluice.backfill;

import java.util.ArrayList;
import java.util.List;

/** Cuts tables into the ranges that workers claim: large enough that claiming costs nothing, enough of them for many workers. */
final class BlockRanges {

    private static final int MOST_PER_TABLE = 256;
    /** So that two workers end at about the same time; but larger windows cost less than small ones. */
    private static final int FEW_PER_TABLE = 8;

    private BlockRanges() {}

    static List<Cursor> of(List<Leaf> leaves, DataOptions options) {
        List<Cursor> ranges = new ArrayList<>();
        for (Leaf leaf : leaves) {
            long size = size(leaf.blocks(), options.blocksPerRange());
            for (long from = 0; from < leaf.blocks(); from += size) {
                long to = Math.min(leaf.blocks(), from + size);
                ranges.add(new Cursor(Cursor.Stage.WALK, leaf.oid(), leaf.filenode(), from, 0, 0, 1, to, 0));
            }
        }
        return ranges;
    }

    /** Between the least and twice as much, unless the table is very large; the last range is as large as the others. */
    static long size(long blocks, long least) {
        long size = Math.max(least, Math.min(2 * least, divideUp(blocks, FEW_PER_TABLE)));
        size = Math.max(size, divideUp(blocks, MOST_PER_TABLE));
        return Math.max(1, divideUp(blocks, Math.max(1, divideUp(blocks, size))));
    }

    private static long divideUp(long number, long by) {
        return -Math.floorDiv(-number, by);
    }
}
