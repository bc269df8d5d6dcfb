package dev.sluice.migration;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Sluice's own layout: {@code <version>_<name>.sql} with sections {@code -- migrate:up} and {@code -- migrate:down}, as in
 * dbmate. A file without a marker is all up, which makes this also the layout of Drizzle, Supabase and plain numbered
 * scripts.
 */
final class NativeLayout implements Layout {
    private static final Pattern FILE =
            Pattern.compile("(?i)(\\d+(?:\\.\\d+)*)(?:[_-]([^/]*))?(?<!\\.up)(?<!\\.down)\\.sql");
    private static final SectionMarker.Syntax MARKERS = new MigrateMarkers();

    @Override
    public String id() {
        return "native";
    }

    @Override
    public String form() {
        return "20260131120000_add_users.sql, with sections '-- migrate:up' and '-- migrate:down' or all of it up";
    }

    @Override
    public double detect(Listing listing) {
        return AtlasLayout.isAtlas(listing)
                ? 0
                : listing.share(file -> Listing.match(FILE, file).isPresent()
                        && ToolMarker.of(file).isEmpty());
    }

    @Override
    public void read(Listing listing, Collected out) {
        for (SourceFile file : listing.sqlFiles()) {
            Optional<Matcher> match = Listing.match(FILE, file);
            if (match.isEmpty()) {
                continue;
            }
            out.claim(file);
            Optional<ToolMarker> marker = ToolMarker.of(file);
            if (marker.isPresent()) {
                out.problem(Problem.ofDirectory(file.shown(), marker.get().advice()));
                continue;
            }
            String version = match.get().group(1);
            String name = Optional.ofNullable(match.get().group(2)).orElse("");
            ScannedScript scanned = file.scanned();
            List<SectionMarker> markers = MARKERS.markers(scanned, out);
            if (markers.isEmpty()) {
                MigrationScript up =
                        ScriptSection.wholeFile(scanned, TransactionMode.ON).read(out);
                out.add(MigrationParts.migration(version, name, MigrationKind.VERSIONED, up, Optional.empty(), out));
            } else {
                new MarkedFile(file, version, name, MARKERS).read(scanned, markers, out);
            }
        }
    }
}
