package dev.sluice.lifecycle;

import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.atomic.AtomicLong;

/** What the crash tests of one run have tried. Thread-safe. */
final class CrashCounts {

    final AtomicLong points = new AtomicLong();
    final AtomicLong survived = new AtomicLong();
    final AtomicLong stopped = new AtomicLong();
    final AtomicLong missed = new AtomicLong();
    final AtomicLong resumed = new AtomicLong();
    final AtomicLong undone = new AtomicLong();
    final AtomicLong rows = new AtomicLong();
    final AtomicLong statements = new AtomicLong();
    final AtomicLong differences = new AtomicLong();
    final Set<String> cases = new ConcurrentSkipListSet<>();

    /**
     * Points that were reached; of the commands disturbed there those that ended well all the same, and those that stopped;
     * lives that went on to their end, and lives that went back.
     */
    @Override
    public String toString() {
        return "crash: points=" + points + " cases=" + cases.size() + " survived=" + survived + " stopped=" + stopped
                + " resumed=" + resumed + " undone=" + undone + " rows_compared=" + rows + " application_statements="
                + statements + " differences=" + differences;
    }
}
