package dev.sluice.cli.connection;

import static java.util.Objects.requireNonNull;

/** One address of a server. IPv6 addresses are without brackets here and with them in {@link #toString()}. */
public record HostPort(String host, int port) {
    public static final int DEFAULT_PORT = 5432;

    public HostPort {
        requireNonNull(host, "host");
        if (port < 1 || port > 65535) {
            throw new IllegalArgumentException("not a port: " + port);
        }
    }

    @Override
    public String toString() {
        return (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + port;
    }
}
