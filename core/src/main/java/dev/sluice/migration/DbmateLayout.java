package dev.sluice.migration;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * dbmate: {@code <version>_<name>.sql} in one directory, both markers required. The same files are valid in the native
 * layout, which is the one that is detected; this one is for those who want dbmate's stricter rules.
 */
final class DbmateLayout implements Layout {
    private static final Pattern FILE = Pattern.compile("(\\d+)([^/]*)\\.sql");
    private static final SectionMarker.Syntax MARKERS = new MigrateMarkers();

    @Override
    public String id() {
        return "dbmate";
    }

    @Override
    public String form() {
        return "20260131120000_add_users.sql, with both '-- migrate:up' and '-- migrate:down'";
    }

    @Override
    public double detect(Listing listing) {
        return 0;
    }

    @Override
    public void read(Listing listing, Collected out) {
        for (SourceFile file : listing.sqlFiles()) {
            Optional<Matcher> match = Listing.match(FILE, file);
            if (match.isEmpty()) {
                continue;
            }
            out.claim(file);
            ScannedScript scanned = file.scanned();
            List<SectionMarker> markers = MARKERS.markers(scanned, out);
            boolean both = markers.stream().anyMatch(SectionMarker::up)
                    && markers.stream().anyMatch(marker -> !marker.up());
            if (both) {
                String name = match.get().group(2).replaceFirst("^_", "");
                new MarkedFile(file, match.get().group(1), name, MARKERS).read(scanned, markers, out);
            } else {
                out.problem(Problem.ofDirectory(
                        file.shown(),
                        "dbmate needs both '" + MARKERS.up() + "' and '" + MARKERS.down() + "' in a file"));
            }
        }
    }
}
