package dev.sluice.lab;

import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** The servers that all tests of one JVM share: one for each version that a test asked for. Thread-safe. */
final class TestServers implements AutoCloseable {
    private final Map<PostgresVersion, EmbeddedPostgres> running = new EnumMap<>(PostgresVersion.class);
    private final AtomicInteger names = new AtomicInteger();

    synchronized EmbeddedPostgres server(PostgresVersion version) {
        return running.computeIfAbsent(version, v -> EmbeddedPostgres.start(v, PostgresSettings.forTests()));
    }

    String newName() {
        return "test_" + names.incrementAndGet();
    }

    @Override
    public synchronized void close() {
        running.values().forEach(EmbeddedPostgres::close);
        running.clear();
    }
}
