package dev.sluice.lab;

import java.util.Map;
import java.util.TreeMap;

/** Server settings (names and values as in postgresql.conf) for the purposes the lab has. */
public final class PostgresSettings {
    private PostgresSettings() {}

    /**
     * As fast as can be, and small: data survives a crash of the server process, but not one of the machine. {@code
     * wal_level} is that of a server with logical replication, the more demanding case. No autovacuum: it comes when it likes, and
     * then stands among those who hold locks on a table; tests about it turn it on.
     */
    public static Map<String, String> forTests() {
        return Map.ofEntries(
                Map.entry("autovacuum", "off"),
                Map.entry("fsync", "off"),
                Map.entry("full_page_writes", "off"),
                Map.entry("synchronous_commit", "off"),
                Map.entry("shared_buffers", "32MB"),
                Map.entry("max_connections", "100"),
                Map.entry("max_prepared_transactions", "10"),
                Map.entry("wal_level", "logical"),
                Map.entry("max_wal_size", "256MB"),
                Map.entry("jit", "off"),
                Map.entry("timezone", "UTC"));
    }

    /** As a production server would be set, within the memory of a laptop: commits wait for the disk. */
    public static Map<String, String> likeProduction() {
        return Map.of(
                "shared_buffers", "256MB",
                "max_connections", "100",
                "max_wal_size", "2GB",
                "checkpoint_timeout", "5min",
                "wal_compression", "on",
                "timezone", "UTC");
    }

    /** The first settings, with the second ones added or put in their place. */
    public static Map<String, String> with(Map<String, String> settings, Map<String, String> changes) {
        var all = new TreeMap<>(settings);
        all.putAll(changes);
        return Map.copyOf(all);
    }
}
