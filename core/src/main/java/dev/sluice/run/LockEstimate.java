package dev.sluice.run;

import static java.util.Objects.requireNonNull;

import dev.sluice.plan.LockMode;
import dev.sluice.plan.TableLock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What the locks of a step are expected to cost. Rough: within a factor of two or three.
 *
 * @param step its id
 * @param locks in the order in which they are taken
 * @param held how long an application's reads or writes wait at most, once the locks are had; empty when none of the locks
 *     makes them wait
 * @param waited what nine of ten earlier steps of this database waited for theirs, without anybody queueing behind them for
 *     longer than the lock timeout; empty when none ran yet
 * @param inTheWay who holds a lock that conflicts, at this moment; empty, too, when nobody asked
 */
public record LockEstimate(
        String step,
        String title,
        List<TableLock> locks,
        Optional<Duration> held,
        Optional<Duration> waited,
        List<Blocker> inTheWay) {

    /** Kind of the journal's event that keeps {@code held}, in milliseconds. */
    static final String EXPECTED = "lock estimated";

    public LockEstimate {
        requireNonNull(step);
        requireNonNull(title);
        locks = List.copyOf(locks);
        requireNonNull(held);
        requireNonNull(waited);
        inTheWay = List.copyOf(inTheWay);
    }

    LockEstimate withBlockers(List<Blocker> blockers) {
        return new LockEstimate(step, title, locks, held, waited, blockers);
    }

    /** Whether an application's reads or writes wait for one of the locks. */
    public boolean blocks() {
        return blocks(locks);
    }

    static boolean blocks(List<TableLock> locks) {
        return locks.stream().anyMatch(lock -> lock.mode().conflictsWith(LockMode.ROW_EXCLUSIVE));
    }
}
