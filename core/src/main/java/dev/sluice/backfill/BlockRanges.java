package dev.sluice.backfill;

import java.util.ArrayList;
import java.util.List;

/** Cuts tables into the ranges that workers claim: large enough that claiming costs nothing, enough of them for many workers. */
final class BlockRanges {

    private static final int MOST_PER_TABLE = 256;

    private BlockRanges() {}

    static List<Cursor> of(List<Leaf> leaves, DataOptions options) {
        List<Cursor> ranges = new ArrayList<>();
        for (Leaf leaf : leaves) {
            long size = Math.max(options.blocksPerRange(), -Math.floorDiv(-leaf.blocks(), MOST_PER_TABLE));
            for (long from = 0; from < leaf.blocks(); from += size) {
                long to = Math.min(leaf.blocks(), from + size);
                ranges.add(new Cursor(Cursor.Stage.WALK, leaf.oid(), leaf.filenode(), from, 0, 0, 1, to, 0));
            }
        }
        return ranges;
    }
}
