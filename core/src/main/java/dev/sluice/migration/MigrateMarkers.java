package dev.sluice.migration;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The markers {@code -- migrate:up} and {@code -- migrate:down}, each with an optional {@code transaction:false}. */
final class MigrateMarkers implements SectionMarker.Syntax {
    private static final Pattern ANY = Pattern.compile("(?is)migrate\\s*:.*");
    private static final Pattern MARKER = Pattern.compile("migrate:(up|down)(?:\\s+transaction:(true|false))?");

    @Override
    public String up() {
        return "-- migrate:up";
    }

    @Override
    public String down() {
        return "-- migrate:down";
    }

    @Override
    public List<SectionMarker> markers(ScannedScript scanned, Collected out) {
        List<SectionMarker> markers = new ArrayList<>();
        for (Comment comment : scanned.comments()) {
            Matcher matcher = MARKER.matcher(comment.body());
            if (matcher.matches() && comment.ownLine()) {
                boolean off =
                        Optional.ofNullable(matcher.group(2)).orElse("true").equals("false");
                markers.add(new SectionMarker(
                        comment, matcher.group(1).equals("up"), off ? TransactionMode.OFF : TransactionMode.ON));
            } else if (ANY.matcher(comment.body()).matches()) {
                out.problem(Problem.ofDirectory(
                        scanned.source(),
                        comment.start(),
                        matcher.matches()
                                ? "a marker needs a line of its own"
                                : "'"
                                        + comment.body()
                                                .lines()
                                                .findFirst()
                                                .orElse("")
                                                .toLowerCase(Locale.ROOT)
                                        + "' is no marker; write '" + up() + "' or '" + down()
                                        + "', with 'transaction:false' behind it if need be"));
            }
        }
        return markers;
    }
}
