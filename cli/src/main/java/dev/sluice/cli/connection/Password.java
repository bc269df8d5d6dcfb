package dev.sluice.cli.connection;

import static java.util.Objects.requireNonNull;

/**
 * A password and where it came from. The origin is for people ("PGPASSWORD", "~/.pgpass line 3"); the value is for the
 * server alone and is not part of {@link #toString()}.
 */
public record Password(String value, String origin) {
    public Password {
        requireNonNull(value, "value");
        requireNonNull(origin, "origin");
    }

    @Override
    public String toString() {
        return "password from " + origin;
    }
}
