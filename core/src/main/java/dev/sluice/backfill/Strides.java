package dev.sluice.backfill;

/**
 * How many passes go over each window: at most 8 with secondary indexes, 4 without. Passes make room in the pages; where the
 * pages have room (a fillfactor, rows that were deleted), fewer do, which shows as HOT updates in the first pass of a window.
 * One pass while a long snapshot keeps the server from pruning, which shows as later passes without HOT updates. Pure; not
 * thread-safe.
 */
final class Strides {

    private static final double USELESS = 0.05;
    private static final double ROOM = 0.9;
    private static final double NO_ROOM = 0.75;
    /** Fewer updates say nothing. */
    private static final int UPDATES_TO_JUDGE = 100;

    private static final int WINDOWS_TO_JUDGE = 4;
    private static final int WINDOWS_TO_WAIT = 200;

    private final boolean canBeHot;
    private int most = 8;
    private int chosen = 8;
    private int roomyWindows;
    private int windowsToStay;
    private int poorWindows;
    private int windowsToWait;
    private final Share first = new Share();
    private final Share later = new Share();

    /** @param canBeHot false when an assigned column is indexed: then passes save space, but never index entries */
    Strides(boolean canBeHot) {
        this.canBeHot = canBeHot;
    }

    int passes(boolean secondaryIndexes) {
        most = secondaryIndexes ? 8 : 4;
        if (windowsToWait > 0) {
            windowsToWait--;
            return 1;
        }
        return Math.min(most, chosen);
    }

    void updated(Slice slice, long rows, long hot) {
        (slice.pass() == 0 ? first : later).add(rows, hot);
    }

    /** @return true when passes turned out useless just now */
    boolean windowDone() {
        windowsToStay = Math.max(0, windowsToStay - 1);
        if (canBeHot && windowsToWait == 0 && first.isTelling()) {
            choose(first.ratio());
        }
        if (later.isTelling()) {
            poorWindows = canBeHot && later.ratio() < USELESS ? poorWindows + 1 : 0;
        }
        first.clear();
        later.clear();
        if (poorWindows < WINDOWS_TO_JUDGE) {
            return false;
        }
        poorWindows = 0;
        windowsToWait = WINDOWS_TO_WAIT;
        return true;
    }

    private void choose(double hotAtOnce) {
        roomyWindows = hotAtOnce >= ROOM ? roomyWindows + 1 : 0;
        int now = Math.min(most, chosen);
        if (roomyWindows >= WINDOWS_TO_JUDGE && now > 1 && windowsToStay == 0) {
            chosen = now / 2;
            roomyWindows = 0;
        } else if (hotAtOnce < NO_ROOM && now < most) {
            chosen = 2 * now;
            windowsToStay = WINDOWS_TO_WAIT;
        }
    }

    /** How many of some updates were HOT. */
    private static final class Share {
        private long updates;
        private long hot;

        void add(long rows, long hotRows) {
            updates += rows;
            hot += hotRows;
        }

        boolean isTelling() {
            return updates > UPDATES_TO_JUDGE;
        }

        double ratio() {
            return (double) hot / updates;
        }

        void clear() {
            updates = 0;
            hot = 0;
        }
    }
}
