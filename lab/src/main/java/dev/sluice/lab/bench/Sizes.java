package dev.sluice.lab.bench;

import java.util.List;

/**
 * How large everything is.
 *
 * @param backfill rows of the backfilled tables: each size with every shape of the table
 * @param backfillSpot rows of the one table (narrow, one index) that is measured at this size too; 0 for none
 * @param oltp rows of the table under load
 * @param tps transactions offered per second
 * @param idleSeconds how long the load runs without anything else
 * @param lockRows rows of the table whose lock is wanted
 * @param lockHold seconds that the long reader holds on
 * @param lockLimit seconds after which a method that still waits is stopped
 * @param dualWrite rows that a statement writes while both versions run
 * @param keyRows rows of the table whose key changes its type
 * @param migrations applied by each runner
 * @param manyMigrations another number of applied migrations for a run with nothing to do; 0 for none
 * @param tables in the database that is planned for
 * @param lintMegabytes of the one large file that the linter reads
 * @param starts of a command, per round
 */
public record Sizes(
        List<Long> backfill,
        long backfillSpot,
        long oltp,
        int tps,
        int idleSeconds,
        long lockRows,
        int lockHold,
        int lockLimit,
        long dualWrite,
        long keyRows,
        int migrations,
        int manyMigrations,
        int tables,
        int lintMegabytes,
        int starts) {

    /** What is promised: hours on a small machine. */
    public static Sizes full() {
        return new Sizes(
                List.of(1_000_000L, 5_000_000L),
                0,
                1_000_000,
                300,
                30,
                200_000,
                30,
                120,
                300_000,
                3_000_000,
                1000,
                5000,
                5000,
                15,
                10);
    }

    /** The same questions on smaller tables, for an hour. */
    public static Sizes medium() {
        return new Sizes(
                List.of(200_000L),
                1_000_000,
                400_000,
                300,
                15,
                200_000,
                15,
                60,
                200_000,
                1_000_000,
                1000,
                5000,
                5000,
                15,
                5);
    }

    /** Every question once, in 25 minutes: small tables, whose fixed costs weigh more than on large ones. */
    public static Sizes brief() {
        return new Sizes(
                List.of(100_000L),
                1_000_000,
                300_000,
                300,
                8,
                100_000,
                5,
                15,
                200_000,
                300_000,
                1000,
                5000,
                5000,
                1,
                3);
    }

    /** To see that everything works, in minutes; figures say little. */
    public static Sizes quick() {
        return new Sizes(List.of(40_000L), 0, 60_000, 200, 3, 20_000, 3, 10, 40_000, 60_000, 100, 200, 500, 1, 2);
    }

    /** For the test of the benchmark itself. */
    public static Sizes toy() {
        return new Sizes(List.of(500L), 0, 500, 100, 0, 500, 1, 5, 500, 500, 6, 8, 10, 1, 1);
    }

    Sizes withRows(List<Long> rows) {
        long largest = rows.stream().mapToLong(Long::longValue).max().orElseThrow();
        return new Sizes(
                rows,
                0,
                largest,
                tps,
                idleSeconds,
                lockRows,
                lockHold,
                lockLimit,
                dualWrite,
                largest,
                migrations,
                manyMigrations,
                tables,
                lintMegabytes,
                starts);
    }
}
