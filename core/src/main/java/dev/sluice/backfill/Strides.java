package dev.sluice.backfill;

/**
 * How many passes go over each window: 8 with secondary indexes, 4 without; 1 while a long snapshot keeps the server from
 * pruning, which shows as later passes without HOT updates. Pure; not thread-safe.
 */
final class Strides {

    private static final double USELESS = 0.05;
    private static final int WINDOWS_TO_JUDGE = 4;
    private static final int WINDOWS_TO_WAIT = 200;

    private final boolean canBeHot;
    private int poorWindows;
    private int windowsToWait;
    private long laterUpdates;
    private long laterHot;

    /** @param canBeHot false when an assigned column is indexed: then passes save space, but never index entries */
    Strides(boolean canBeHot) {
        this.canBeHot = canBeHot;
    }

    int passes(boolean secondaryIndexes) {
        if (windowsToWait > 0) {
            windowsToWait--;
            return 1;
        }
        return secondaryIndexes ? 8 : 4;
    }

    void updated(Slice slice, long rows, long hot) {
        if (slice.pass() > 0) {
            laterUpdates += rows;
            laterHot += hot;
        }
    }

    /** @return true when passes turned out useless just now */
    boolean windowDone() {
        boolean poor = canBeHot && laterUpdates > 100 && laterHot < USELESS * laterUpdates;
        if (laterUpdates > 100) {
            poorWindows = poor ? poorWindows + 1 : 0;
        }
        laterUpdates = 0;
        laterHot = 0;
        if (poorWindows < WINDOWS_TO_JUDGE) {
            return false;
        }
        poorWindows = 0;
        windowsToWait = WINDOWS_TO_WAIT;
        return true;
    }
}
