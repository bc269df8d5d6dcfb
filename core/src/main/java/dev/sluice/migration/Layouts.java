package dev.sluice.migration;

import dev.sluice.ExitCode;
import dev.sluice.SluiceException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The layouts Sluice knows, and how it chooses among them. */
public final class Layouts {
    static final List<Layout> ALL = List.of(
            new NativeLayout(),
            new DbmateLayout(),
            new MarkedLayout(
                    "goose",
                    "00001_add_users.sql, with '-- +goose Up' and '-- +goose Down'",
                    Pattern.compile("(\\d+)_([^/]*)\\.sql"),
                    ToolMarker.GOOSE,
                    new GooseMarkers()),
            new MarkedLayout(
                    "sql-migrate",
                    "20260131120000-add_users.sql, with '-- +migrate Up' and '-- +migrate Down'",
                    Pattern.compile("(\\d+)(?:[-_]([^/]*))?\\.sql"),
                    ToolMarker.SQL_MIGRATE,
                    new WordMarkers(
                            "-- +migrate Up",
                            "-- +migrate Down",
                            Pattern.compile("(?i)\\+migrate\\s+(up|down)(?:\\s+(notransaction))?"))),
            new MarkedLayout(
                    "node-pg-migrate",
                    "1769860800000_add-users.sql, with '-- Up Migration' and '-- Down Migration'",
                    Pattern.compile("(\\d+)(?:[-_]([^/]*))?\\.sql"),
                    ToolMarker.NODE_PG_MIGRATE,
                    new WordMarkers(
                            "-- Up Migration",
                            "-- Down Migration",
                            Pattern.compile("(?is)(up|down)\\s+migration(?:\\b.*)?"))),
            new GolangMigrateLayout(),
            new FlywayLayout(),
            new PrismaLayout(),
            new DieselLayout(),
            new AtlasLayout(),
            new PlainLayout());

    private Layouts() {}

    /** What {@code --layout} accepts. */
    public static List<String> ids() {
        return ALL.stream().map(Layout::id).toList();
    }

    /**
     * Reads a listing.
     *
     * @param named the layout to use; without one it is detected
     * @throws SluiceException if the layout is unknown, cannot be told, or could be several
     */
    static MigrationFiles read(Listing listing, Optional<String> named) {
        Layout layout = named.map(Layouts::named).orElseGet(() -> detected(listing));
        Collected collected = new Collected();
        layout.read(listing, collected);
        Leftovers leftovers = Leftovers.of(listing, collected, layout);
        leftovers.problems().forEach(collected::problem);
        return new MigrationFiles(layout.id(), collected.migrations(), collected.problems(), leftovers.unused());
    }

    private static Layout named(String id) {
        return ALL.stream()
                .filter(layout -> layout.id().equals(id.toLowerCase(Locale.ROOT)))
                .findFirst()
                .orElseThrow(() -> new SluiceException(
                        ExitCode.USAGE,
                        "unknown layout '" + id + "'"
                                + NearestName.of(id.toLowerCase(Locale.ROOT), ids())
                                        .map(near -> "; did you mean '" + near + "'?")
                                        .orElse("; known are " + String.join(", ", ids()))));
    }

    private static Layout detected(Listing listing) {
        if (listing.sqlFiles().isEmpty()) {
            return ALL.get(0);
        }
        List<Layout> candidates =
                ALL.stream().filter(layout -> layout.detect(listing) > 0).toList();
        if (candidates.size() == 1) {
            return candidates.get(0);
        }
        throw new InvalidMigrationsException(List.of(Problem.ofDirectory(
                listing.directory(), candidates.isEmpty() ? unknown(listing) : ambiguous(listing, candidates))));
    }

    private static String unknown(Listing listing) {
        Optional<String> foreign = listing.sqlFiles().stream()
                .flatMap(file -> ToolMarker.of(file).map(marker -> file.shown() + " " + marker.advice()).stream())
                .findFirst();
        if (foreign.isPresent()) {
            return foreign.get();
        }
        return "no SQL file here is named as in any known layout, for instance "
                + listing.sqlFiles().get(0).path() + ". Rename the files, or give another directory. Known layouts:\n"
                + ALL.stream().map(Layouts::line).collect(Collectors.joining("\n"));
    }

    private static String ambiguous(Listing listing, List<Layout> candidates) {
        int files = listing.sqlFiles().size();
        return "the SQL files could be of several layouts. Choose one with --layout, and move the other files away:\n"
                + candidates.stream()
                        .map(layout -> line(layout) + " (" + Math.round(layout.detect(listing) * files) + " of " + files
                                + " files)")
                        .collect(Collectors.joining("\n"));
    }

    private static String line(Layout layout) {
        return "  --layout " + layout.id() + ": " + layout.form();
    }
}
