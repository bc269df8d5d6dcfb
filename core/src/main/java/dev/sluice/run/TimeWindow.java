package dev.sluice.run;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeParseException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The hours of the day in which work may be done; over midnight when it ends before it starts.
 *
 * @param from the first moment in it
 * @param to the first moment after it; not {@code from}
 */
public record TimeWindow(LocalTime from, LocalTime to, ZoneId zone) {

    private static final Pattern FORM = Pattern.compile("(\\d{1,2}:\\d{2})\\s*-\\s*(\\d{1,2}:\\d{2})");

    public TimeWindow {
        requireNonNull(from);
        requireNonNull(to);
        requireNonNull(zone);
        if (from.equals(to)) {
            throw new IllegalArgumentException("a window that ends when it starts: " + from + "-" + to);
        }
    }

    /**
     * Reads {@code 01:00-05:00}.
     *
     * @throws IllegalArgumentException for anything else
     */
    public static TimeWindow parse(String text, ZoneId zone) {
        Matcher matcher = FORM.matcher(text.strip());
        if (!matcher.matches()) {
            throw new IllegalArgumentException("not a time window: " + text);
        }
        try {
            return new TimeWindow(time(matcher.group(1)), time(matcher.group(2)), zone);
        } catch (DateTimeParseException e) {
            throw new IllegalArgumentException("not a time window: " + text, e);
        }
    }

    private static LocalTime time(String text) {
        String padded = text.length() == 4 ? "0" + text : text;
        return padded.equals("24:00") ? LocalTime.MIDNIGHT : LocalTime.parse(padded);
    }

    public boolean contains(Instant instant) {
        LocalTime time = LocalTime.ofInstant(instant, zone);
        boolean started = !time.isBefore(from);
        boolean ended = !time.isBefore(to);
        return from.isBefore(to) ? started && !ended : started || !ended;
    }

    /** Until it opens; zero inside of it. */
    public Duration untilOpen(Instant instant) {
        if (contains(instant)) {
            return Duration.ZERO;
        }
        ZonedDateTime now = instant.atZone(zone);
        ZonedDateTime opening = now.with(from);
        return Duration.between(
                now, opening.isAfter(now) ? opening : now.plusDays(1).with(from));
    }

    /** {@code 01:00-05:00 Europe/Berlin}. */
    @Override
    public String toString() {
        return from + "-" + to + " " + zone;
    }
}
