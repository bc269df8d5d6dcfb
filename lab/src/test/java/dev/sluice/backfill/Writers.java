package dev.sluice.backfill;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;

/** Application sessions that write while a test runs; closing them waits for their last statement and reports errors. */
final class Writers implements AutoCloseable {

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final AtomicBoolean stop = new AtomicBoolean();
    private final AtomicLong statements = new AtomicLong();
    private final List<Future<Boolean>> running = new ArrayList<>();

    /** Starts one session that runs statement after statement, made from random numbers of a printed seed. */
    Writers start(Callable<Connection> connect, Function<Random, String> statement) {
        long seed = System.nanoTime();
        System.out.println("writer seed " + seed);
        Random random = new Random(seed);
        running.add(threads.submit(() -> {
            try (Connection connection = connect.call();
                    Statement sql = connection.createStatement()) {
                while (!stop.get()) {
                    sql.execute(statement.apply(random));
                    statements.incrementAndGet();
                }
                return true;
            }
        }));
        return this;
    }

    long statements() {
        return statements.get();
    }

    @Override
    public void close() throws SQLException {
        stop.set(true);
        threads.shutdown();
        try {
            for (Future<Boolean> writer : running) {
                writer.get();
            }
        } catch (ExecutionException e) {
            throw new SQLException("the application got an error", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
