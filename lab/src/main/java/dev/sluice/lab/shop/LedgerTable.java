package dev.sluice.lab.shop;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.function.LongFunction;
import java.util.random.RandomGenerator;

/** What every row of one table must be: a formula for those nobody wrote, a history for the others. Thread-safe. */
final class LedgerTable<T> {
    private static final int RECENT = 256;

    private final LongFunction<Optional<T>> initial;
    private final Map<Long, History<T>> written = new ConcurrentHashMap<>();
    private final AtomicLongArray recent = new AtomicLongArray(RECENT);
    private final AtomicLong writes = new AtomicLong();

    LedgerTable(LongFunction<Optional<T>> initial) {
        this.initial = initial;
    }

    /** For reading: what the row may be. */
    History<T> look(long id) {
        History<T> history = written.get(id);
        return history != null ? history : new History<>(initial.apply(id));
    }

    /** For writing. */
    History<T> open(long id) {
        recent.set((int) (writes.getAndIncrement() % RECENT), id);
        return written.computeIfAbsent(id, key -> new History<>(initial.apply(key)));
    }

    /** A row that was inserted under a number the database chose; nobody else can know it yet. */
    void added(long id, T value) {
        written.put(id, new History<>(Optional.of(value)));
        recent.set((int) (writes.getAndIncrement() % RECENT), id);
    }

    /** A row somebody wrote a short while ago, of whatever version. */
    Optional<Long> recent(RandomGenerator random) {
        long id = recent.get(random.nextInt(RECENT));
        return id == 0 ? Optional.empty() : Optional.of(id);
    }

    /** The rows that were written, as they must be now; call it while nobody writes. */
    Map<Long, Optional<T>> latest() {
        Map<Long, Optional<T>> values = new HashMap<>();
        written.forEach((id, history) -> values.put(id, history.latest()));
        return values;
    }
}
