package dev.sluice.lab.proof.shapes;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Compares values as two databases have them that do the same a moment apart: a trigger that says {@code now()} gives another
 * time on each. Two times are the same when both are of the last minutes; everything else is when its text is. Pure, but for
 * the clock.
 */
final class Moments {

    private static final Duration RECENT = Duration.ofMinutes(30);

    /** As the sessions of the proof print them, perhaps within quotes: ISO, in UTC. */
    private static final Pattern TIME =
            Pattern.compile("'?(\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d(?:\\.\\d{1,6})?)(?:\\+00)?'?");

    private static final DateTimeFormatter FORM =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss[.SSSSSS][.SSSSS][.SSSS][.SSS][.SS][.S]");

    private Moments() {}

    static boolean same(String one, String other) {
        return one.equals(other) || isRecent(one) && isRecent(other);
    }

    static boolean sameRows(List<List<String>> some, List<List<String>> others) {
        if (some.equals(others)) {
            return true;
        }
        boolean same = some.size() == others.size();
        for (int row = 0; same && row < some.size(); row++) {
            List<String> one = some.get(row);
            List<String> other = others.get(row);
            same = one.size() == other.size();
            for (int i = 0; same && i < one.size(); i++) {
                same = same(one.get(i), other.get(i));
            }
        }
        return same;
    }

    static boolean isAmong(Collection<String> values, String value) {
        return values.contains(value) || values.stream().anyMatch(each -> same(each, value));
    }

    private static boolean isRecent(String value) {
        return time(value)
                .filter(time -> Duration.between(time, Instant.now()).abs().compareTo(RECENT) < 0)
                .isPresent();
    }

    private static Optional<Instant> time(String value) {
        Matcher matcher = TIME.matcher(value);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        try {
            return Optional.of(LocalDateTime.parse(matcher.group(1), FORM).toInstant(ZoneOffset.UTC));
        } catch (DateTimeParseException e) {
            return Optional.empty(); // 24:00:00, say, which no clock shows
        }
    }
}
