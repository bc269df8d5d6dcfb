package dev.sluice.cli.connection;

import static java.util.Objects.requireNonNull;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The database to work on, with all defaults applied.
 *
 * @param hosts tried in this order
 * @param properties connection properties under the names of the PostgreSQL JDBC driver
 */
public record Target(
        List<HostPort> hosts,
        String database,
        String user,
        Optional<Password> password,
        Map<String, String> properties) {

    /** Shown by {@code pg_stat_activity}, unless the connection says otherwise. */
    private static final String APPLICATION_NAME = "sluice";

    public Target {
        hosts = List.copyOf(hosts);
        requireNonNull(database, "database");
        requireNonNull(user, "user");
        requireNonNull(password, "password");
        properties = Map.copyOf(properties);
        if (hosts.isEmpty()) {
            throw new IllegalArgumentException("a target needs a host");
        }
    }

    /** A shorter password cannot be told from ordinary words; the forms in which passwords stand still hide it. */
    private static final int SHORTEST_SECRET = 4;

    /**
     * What must not be shown anywhere: the password, also as in a URL. Nothing when it is the user's, the database's or a
     * host's name: replacing those would garble every message and hide nothing.
     */
    public List<String> secrets() {
        return password.map(Password::value)
                .filter(value -> value.length() >= SHORTEST_SECRET)
                .filter(value -> !value.equals(user) && !value.equals(database))
                .filter(value -> hosts.stream().noneMatch(host -> host.host().equals(value)))
                .map(value -> List.of(value, URLEncoder.encode(value, StandardCharsets.UTF_8)))
                .orElse(List.of());
    }

    /** {@code app on db1:5432,db2:5432 as deploy}: safe to print. */
    @Override
    public String toString() {
        return database + " on " + addresses() + " as " + user;
    }

    /** All addresses, joined by commas. */
    public String addresses() {
        return hosts.stream().map(HostPort::toString).collect(Collectors.joining(","));
    }

    /** What the driver connects to. Holds neither user nor password. */
    public String jdbcUrl() {
        return "jdbc:postgresql://" + addresses() + "/" + URLEncoder.encode(database, StandardCharsets.UTF_8);
    }

    /**
     * Everything else the driver needs, the password included. Without a password this sets an empty one: the driver
     * would otherwise look for a password file by itself, and without checking who can read it.
     */
    public Properties driverProperties() {
        Properties all = new Properties();
        all.setProperty("ApplicationName", APPLICATION_NAME);
        all.setProperty("tcpKeepAlive", "true");
        if (hosts.size() > 1) {
            all.setProperty("targetServerType", "primary");
        }
        new TreeMap<>(properties).forEach(all::setProperty);
        all.setProperty("user", user);
        all.setProperty("password", password.map(Password::value).orElse(""));
        return all;
    }
}
