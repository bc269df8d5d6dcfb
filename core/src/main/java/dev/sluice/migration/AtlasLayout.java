package dev.sluice.migration;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Atlas: {@code <version>_<name>.sql} beside {@code atlas.sum}, all of it up. Of its directives at the top of a file,
 * {@code txmode none} and {@code checkpoint} are understood (a checkpoint is what others call a baseline), those for its
 * own linter are skipped, and the rest is refused.
 */
final class AtlasLayout implements Layout {
    private static final Pattern FILE = Pattern.compile("(\\d+)(?:_([^/]*))?\\.sql");
    private static final Pattern DIRECTIVE = Pattern.compile("(?is)atlas:(\\w+)(?:\\s+(.*))?");

    @Override
    public String id() {
        return "atlas";
    }

    @Override
    public String form() {
        return "20260131120000_add_users.sql, beside atlas.sum";
    }

    @Override
    public double detect(Listing listing) {
        return isAtlas(listing)
                ? listing.share(file -> Listing.match(FILE, file).isPresent()
                        && ToolMarker.of(file).isEmpty())
                : 0;
    }

    static boolean isAtlas(Listing listing) {
        return listing.file("atlas.sum").isPresent();
    }

    @Override
    public void read(Listing listing, Collected out) {
        for (SourceFile file : listing.sqlFiles()) {
            Optional<Matcher> match = Listing.match(FILE, file);
            if (match.isEmpty()) {
                continue;
            }
            out.claim(file);
            TransactionMode transaction = TransactionMode.ON;
            MigrationKind kind = MigrationKind.VERSIONED;
            for (Comment comment : file.scanned().comments()) {
                Matcher directive = DIRECTIVE.matcher(comment.body());
                if (!directive.matches()) {
                    continue;
                }
                String argument =
                        Optional.ofNullable(directive.group(2)).orElse("").strip();
                switch (directive.group(1).toLowerCase(Locale.ROOT)) {
                    case "txmode" -> transaction = argument.equals("none") ? TransactionMode.OFF : transaction;
                    case "checkpoint" -> kind = MigrationKind.BASELINE;
                    case "nolint", "sum" -> {}
                    default ->
                        out.problem(Problem.inScript(
                                file.source(),
                                comment.start(),
                                "Sluice does not know this directive of Atlas, which could change what the script does."
                                        + " Remove it if it is not needed"));
                }
            }
            MigrationScript up =
                    ScriptSection.wholeFile(file.scanned(), transaction).read(out);
            String name = Optional.ofNullable(match.get().group(2)).orElse("");
            out.add(MigrationParts.migration(match.get().group(1), name, kind, up, Optional.empty(), out));
        }
    }
}
