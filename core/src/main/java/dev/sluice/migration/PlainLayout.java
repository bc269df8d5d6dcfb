package dev.sluice.migration;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Any SQL files, in the order of their names with numbers as numbers, all of each up. Only by name: to guess this could
 * run a file that nobody meant to be a migration.
 */
final class PlainLayout implements Layout {
    private static final Pattern FILE = Pattern.compile("([^/]+)\\.(?i:sql)");

    @Override
    public String id() {
        return "plain";
    }

    @Override
    public String form() {
        return "any names, in their order, all of it up (never detected, only by --layout)";
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
            Optional<ToolMarker> marker = ToolMarker.of(file);
            if (marker.isPresent()) {
                out.problem(Problem.ofDirectory(file.shown(), marker.get().advice()));
                continue;
            }
            MigrationScript up =
                    ScriptSection.wholeFile(file.scanned(), TransactionMode.ON).read(out);
            out.add(MigrationParts.migration(
                    match.get().group(1), "", MigrationKind.VERSIONED, up, Optional.empty(), out));
        }
    }
}
