package dev.sluice.lifecycle;

import dev.sluice.SluiceException;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.atomic.AtomicLong;

/** What the crash tests of one run have tried. Thread-safe. */
final class CrashCounts {

    final AtomicLong points = new AtomicLong();
    final AtomicLong survived = new AtomicLong();
    final AtomicLong stopped = new AtomicLong();
    final AtomicLong lost = new AtomicLong();
    final AtomicLong missed = new AtomicLong();
    final AtomicLong resumed = new AtomicLong();
    final AtomicLong undone = new AtomicLong();
    final AtomicLong rows = new AtomicLong();
    final AtomicLong statements = new AtomicLong();
    final AtomicLong differences = new AtomicLong();
    final Set<String> cases = new ConcurrentSkipListSet<>();
    private final Map<String, Long> reasons = new ConcurrentSkipListMap<>();

    /** A disturbed command has stopped, and said why. */
    void stopped(SluiceException why) {
        stopped.incrementAndGet();
        String first = String.valueOf(why.getMessage()).lines().findFirst().orElse("");
        reasons.merge(why.exitCode() + ": " + first.replaceAll("[0-9]+", "N"), 1L, Long::sum);
    }

    /** What another one has counted. */
    void add(CrashCounts other) {
        points.addAndGet(other.points.get());
        survived.addAndGet(other.survived.get());
        stopped.addAndGet(other.stopped.get());
        lost.addAndGet(other.lost.get());
        missed.addAndGet(other.missed.get());
        resumed.addAndGet(other.resumed.get());
        undone.addAndGet(other.undone.get());
        rows.addAndGet(other.rows.get());
        statements.addAndGet(other.statements.get());
        differences.addAndGet(other.differences.get());
        cases.addAll(other.cases);
        other.reasons.forEach((why, count) -> reasons.merge(why, count, Long::sum));
    }

    /** @param what was killed */
    void tell(String what, long seed) {
        if (points.get() > 0) {
            System.out.println(this + " of=" + what + " seed=" + seed);
            reasons.forEach((why, count) -> System.out.println("  stopped " + count + " times: " + why));
        }
    }

    /**
     * Points that were reached; of the commands disturbed there those that ended well all the same, and those that stopped;
     * lives that went on to their end, and lives that went back.
     */
    @Override
    public String toString() {
        return "crash: points=" + points + " cases=" + cases.size() + " survived=" + survived + " stopped=" + stopped
                + " resumed=" + resumed + " undone=" + undone + " rows_compared=" + rows + " application_statements="
                + statements + " confirmed_and_lost=" + lost + " differences=" + differences;
    }
}
