package dev.sluice.postgres;

import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.Objects;

/**
 * When two values of a column count as equal although they differ: the column is filled by an expression that gives
 * another value each time it runs. NULL is never equal to anything but NULL.
 *
 * @param notBefore for moments: both values have to be later than this, and not in the future
 */
public record ValueRule(Kind kind, Instant notBefore) {

    /** Why the values differ. */
    public enum Kind {
        /** {@code now()} and its like: any moment of the run. */
        MOMENT,
        /** {@code random()}, {@code gen_random_uuid()}: any value, but as many different ones on both sides. */
        CHANCE,
        /** Drawn from a sequence by rows in another order: the same values, on other rows. */
        DRAWN
    }

    public ValueRule {
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(notBefore, "notBefore");
    }

    public static ValueRule moment(Instant notBefore) {
        return new ValueRule(Kind.MOMENT, notBefore);
    }

    public static ValueRule chance() {
        return new ValueRule(Kind.CHANCE, Instant.MIN);
    }

    public static ValueRule drawn() {
        return new ValueRule(Kind.DRAWN, Instant.MIN);
    }

    /** @param left as a sample prints it: {@code NULL} without quotes, everything else within single quotes */
    boolean accepts(String left, String right) {
        if (left.equals("NULL") || right.equals("NULL")) {
            return false;
        }
        return kind != Kind.MOMENT || isOfTheRun(left) && isOfTheRun(right);
    }

    private boolean isOfTheRun(String value) {
        String text = value.substring(1, value.length() - 1);
        try {
            if (text.length() == 10) {
                return !LocalDate.parse(text)
                        .isBefore(notBefore.atOffset(ZoneOffset.UTC).toLocalDate());
            }
            String zone = text.matches(".*[+-]\\d\\d") ? ":00" : text.matches(".*[+-]\\d\\d:\\d\\d") ? "" : "Z";
            Instant moment = OffsetDateTime.parse(text.replace(' ', 'T') + zone).toInstant();
            return !moment.isBefore(notBefore) && !moment.isAfter(Instant.now().plusSeconds(1));
        } catch (DateTimeParseException e) {
            return false;
        }
    }
}
