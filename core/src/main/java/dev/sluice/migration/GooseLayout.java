package dev.sluice.migration;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** goose: {@code <number>_<name>.sql} with {@code -- +goose Up} and {@code -- +goose Down}. */
final class GooseLayout implements Layout {
    private static final Pattern FILE = Pattern.compile("(\\d+)_([^/]*)\\.sql");
    private static final Pattern MARKER = Pattern.compile("(?im)^--[ \\t]*\\+goose[ \\t]+(?:up|down)\\b");
    private static final SectionMarker.Syntax MARKERS = new GooseMarkers();

    @Override
    public String id() {
        return "goose";
    }

    @Override
    public String form() {
        return "00001_add_users.sql, with '-- +goose Up' and '-- +goose Down'";
    }

    @Override
    public double detect(Listing listing) {
        return listing.share(file -> Listing.match(FILE, file).isPresent() && hasMarker(file));
    }

    /** A guess by text, good enough to tell layouts apart: the marker could stand in a string. */
    static boolean hasMarker(SourceFile file) {
        String text = file.source().text();
        return text.contains("+goose") && MARKER.matcher(text).find();
    }

    @Override
    public void read(Listing listing, Collected out) {
        for (SourceFile file : listing.sqlFiles()) {
            Optional<Matcher> match = Listing.match(FILE, file);
            if (match.isEmpty()) {
                continue;
            }
            out.claim(file);
            ScannedScript scanned = ScannedScript.of(file.source());
            List<SectionMarker> markers = MARKERS.markers(scanned, out);
            if (markers.isEmpty()) {
                out.problem(Problem.ofDirectory(file.shown(), "goose needs '" + MARKERS.up() + "' in a file"));
            } else {
                new MarkedFile(file, match.get().group(1), match.get().group(2), MARKERS).read(scanned, markers, out);
            }
        }
    }
}
