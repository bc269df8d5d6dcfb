package dev.sluice.migration;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Markers that are a comment of a few fixed words.
 *
 * @param pattern the whole comment: group 1 is {@code up} or {@code down} in any case, group 2, if the
 *     pattern has one, matches if the section must run outside a transaction
 */
record WordMarkers(String up, String down, Pattern pattern) implements SectionMarker.Syntax {
    @Override
    public List<SectionMarker> markers(ScannedScript scanned, Collected out) {
        List<SectionMarker> markers = new ArrayList<>();
        for (Comment comment : scanned.comments()) {
            Matcher matcher = pattern.matcher(comment.body());
            if (comment.ownLine() && matcher.matches()) {
                boolean off = matcher.groupCount() > 1
                        && Optional.ofNullable(matcher.group(2)).isPresent();
                markers.add(new SectionMarker(
                        comment,
                        matcher.group(1).toLowerCase(Locale.ROOT).equals("up"),
                        off ? TransactionMode.OFF : TransactionMode.ON));
            }
        }
        return markers;
    }
}
