package dev.sluice.lab.bench.scenario;

import dev.sluice.lab.bench.tool.BenchServer;
import dev.sluice.lab.bench.tool.Database;
import java.sql.SQLException;
import java.util.Map;

/** What happens on a server between two moments: time, processor time, WAL, growth of one table. */
final class Cost {
    private static final double MEGABYTE = 1e6;

    private final BenchServer server;
    private final Database database;
    private final String table;
    private final double heap;
    private final double indexes;
    private final double wal;
    private final double cpu;
    private final long start;

    private Cost(BenchServer server, Database database, String table) throws SQLException {
        this.server = server;
        this.database = database;
        this.table = table;
        heap = heap();
        indexes = indexes();
        wal = wal();
        cpu = server.cpuSeconds();
        start = System.nanoTime();
    }

    static Cost start(BenchServer server, Database database, String table) throws SQLException {
        return new Cost(server, database, table);
    }

    /** seconds, cpu, wal, heap, indexes, disk. */
    Map<String, Double> end() throws SQLException {
        double seconds = (System.nanoTime() - start) / 1e9;
        return Map.of(
                "seconds", seconds,
                "cpu", server.cpuSeconds() - cpu,
                "wal", (wal() - wal) / MEGABYTE,
                "heap", heap() / heap,
                "indexes", indexes() / indexes,
                "disk", (heap() + indexes()) / (heap + indexes));
    }

    private double heap() throws SQLException {
        return database.number("SELECT pg_table_size('" + table + "')");
    }

    private double indexes() throws SQLException {
        return database.number("SELECT pg_indexes_size('" + table + "')");
    }

    private double wal() throws SQLException {
        return database.number("SELECT pg_current_wal_insert_lsn() - '0/0'");
    }
}
