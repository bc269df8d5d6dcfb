package dev.sluice.backfill;

/**
 * Row versions from one physical place (included) to another (excluded). PostgreSQL reads such a range directly, without
 * an index, since version 14 (TID Range Scan).
 */
record TidRange(long fromBlock, int fromOffset, long toBlock, int toOffset) {

    /** More row versions than any page has: MaxHeapTuplesPerPage is 1,169 for the largest block size, 32 kB. */
    private static final int OFFSETS = 2048;

    static final TidRange EMPTY = new TidRange(0, 0, 0, 0);

    static TidRange blocks(long from, long to) {
        return new TidRange(from, 0, to, 0);
    }

    String sql() {
        return "ctid >= '(%d,%d)'::tid AND ctid < '(%d,%d)'::tid".formatted(fromBlock, fromOffset, toBlock, toOffset);
    }

    boolean isSingle() {
        return fromBlock == lastBlock() && endOffset() - fromOffset <= 1;
    }

    /** The first row version, as a literal of type tid. */
    String firstTid() {
        return "'(%d,%d)'::tid".formatted(fromBlock, fromOffset);
    }

    TidRange firstHalf() {
        if (fromBlock == lastBlock()) {
            return new TidRange(fromBlock, fromOffset, fromBlock, middleOffset());
        }
        return new TidRange(fromBlock, fromOffset, middleBlock(), 0);
    }

    TidRange secondHalf() {
        if (fromBlock == lastBlock()) {
            return new TidRange(fromBlock, middleOffset(), fromBlock, endOffset());
        }
        return new TidRange(middleBlock(), 0, toBlock, toOffset);
    }

    private long lastBlock() {
        return toOffset == 0 ? toBlock - 1 : toBlock;
    }

    private int endOffset() {
        return toOffset == 0 ? OFFSETS : toOffset;
    }

    private int middleOffset() {
        return (fromOffset + endOffset()) / 2;
    }

    private long middleBlock() {
        return fromBlock + (lastBlock() - fromBlock + 1) / 2;
    }
}
