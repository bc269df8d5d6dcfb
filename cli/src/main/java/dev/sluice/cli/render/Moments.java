package dev.sluice.cli.render;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;

/** Points in time, always in UTC and saying so: the reader may sit elsewhere than the server. */
final class Moments {
    private static final DateTimeFormatter TEXT =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

    private Moments() {}

    static String text(Instant at) {
        return TEXT.format(at);
    }

    static String text(Optional<Instant> at) {
        return at.map(Moments::text).orElse("");
    }
}
