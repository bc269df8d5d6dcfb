package dev.sluice.lab.shop;

import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.LongFunction;

/**
 * What all versions of the application together know to have written. It is kept outside of the database, in the terms of
 * the application, and is the same for all versions: so it tells what every row must be in any shape. Thread-safe.
 */
public final class Ledger {
    private final ShopData data;
    private final LedgerTable<ShopUser> users;
    private final LedgerTable<ShopProduct> products;
    private final LedgerTable<ShopOrder> orders;
    private final Map<Long, AtomicLong> visits = new ConcurrentHashMap<>();
    private final AtomicLong numbers = new AtomicLong();
    private final ReadWriteLock writers = new ReentrantReadWriteLock();

    public Ledger(ShopData data) {
        this.data = data;
        users = new LedgerTable<>(upTo(data.users(), data::user));
        products = new LedgerTable<>(upTo(data.products(), data::product));
        orders = new LedgerTable<>(upTo(data.orders(), data::order));
    }

    private static <T> LongFunction<Optional<T>> upTo(long last, LongFunction<T> formula) {
        return id -> id >= 1 && id <= last ? Optional.of(formula.apply(id)) : Optional.empty();
    }

    ShopData data() {
        return data;
    }

    LedgerTable<ShopUser> users() {
        return users;
    }

    LedgerTable<ShopProduct> products() {
        return products;
    }

    LedgerTable<ShopOrder> orders() {
        return orders;
    }

    void visited(long userId) {
        visits.computeIfAbsent(userId, key -> new AtomicLong()).incrementAndGet();
    }

    /** A number nobody had before, for unique values. */
    long number() {
        return numbers.incrementAndGet();
    }

    /** Runs a write to the database together with its entry here, so that a snapshot has both or neither. */
    void writing(History.Write write) throws SQLException {
        writers.readLock().lock();
        try {
            write.run();
        } finally {
            writers.readLock().unlock();
        }
    }

    /** Work that may fail with an {@link SQLException}. */
    @FunctionalInterface
    public interface Moment {
        void take() throws SQLException;
    }

    /**
     * Lets the writes that are under way finish, holds the next ones back for the moment, and copies the ledger.
     *
     * @param moment takes the database's snapshot meanwhile
     */
    Snapshot snapshot(Moment moment) throws SQLException {
        writers.writeLock().lock();
        try {
            moment.take();
            Map<Long, Long> counted = new HashMap<>();
            visits.forEach((id, count) -> counted.put(id, count.get()));
            return new Snapshot(users.latest(), products.latest(), orders.latest(), counted);
        } finally {
            writers.writeLock().unlock();
        }
    }

    /** The rows that were written, as they must be; empty where a row was deleted. Visits by user, where there were any. */
    record Snapshot(
            Map<Long, Optional<ShopUser>> users,
            Map<Long, Optional<ShopProduct>> products,
            Map<Long, Optional<ShopOrder>> orders,
            Map<Long, Long> visits) {}
}
