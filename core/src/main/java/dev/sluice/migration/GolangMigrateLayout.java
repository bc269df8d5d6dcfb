package dev.sluice.migration;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** golang-migrate and reversible sqlx: {@code <version>_<name>.up.sql} and {@code <version>_<name>.down.sql}. */
final class GolangMigrateLayout implements Layout {
    private static final Pattern FILE = Pattern.compile("(?i)(\\d+)(?:_([^/]*))?\\.(up|down)\\.sql");

    /** sqlx's way to ask for no transaction; it must be how the file begins. */
    private static final String SQLX_NO_TRANSACTION = "-- no-transaction";

    @Override
    public String id() {
        return "golang-migrate";
    }

    @Override
    public String form() {
        return "000001_add_users.up.sql and 000001_add_users.down.sql (also sqlx)";
    }

    @Override
    public double detect(Listing listing) {
        return listing.share(FILE);
    }

    @Override
    public void read(Listing listing, Collected out) {
        List<MigrationParts.Half> halves = new ArrayList<>();
        for (SourceFile file : listing.sqlFiles()) {
            Optional<Matcher> match = Listing.match(FILE, file);
            if (match.isPresent()) {
                out.claim(file);
                boolean off = file.source().text().startsWith(SQLX_NO_TRANSACTION);
                halves.add(new MigrationParts.Half(
                        file,
                        match.get().group(1),
                        Optional.ofNullable(match.get().group(2)).orElse(""),
                        match.get().group(3).toLowerCase(Locale.ROOT).equals("up"),
                        off ? TransactionMode.OFF : TransactionMode.ON));
            }
        }
        MigrationParts.pair(halves, out);
    }
}
