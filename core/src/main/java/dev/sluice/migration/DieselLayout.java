package dev.sluice.migration;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * diesel: {@code <version>_<name>/up.sql} and {@code down.sql}, where the version may be a date with dashes;
 * {@code metadata.toml} beside them can turn the transaction off.
 */
final class DieselLayout implements Layout {
    private static final Pattern FILE = Pattern.compile("([^/_]+)(?:_([^/]*))?/(up|down)\\.sql");
    private static final Pattern UP = Pattern.compile("[^/]+/up\\.sql");
    private static final Pattern NO_TRANSACTION = Pattern.compile("(?m)^\\s*run_in_transaction\\s*=\\s*false\\b");

    @Override
    public String id() {
        return "diesel";
    }

    @Override
    public String form() {
        return "2026-01-31-120000_add_users/up.sql and down.sql";
    }

    @Override
    public double detect(Listing listing) {
        return listing.share(file -> UP.matcher(file.path()).matches()
                || file.path().endsWith("/down.sql")
                        && listing.file(file.path().replaceFirst("down\\.sql$", "up.sql"))
                                .isPresent());
    }

    @Override
    public void read(Listing listing, Collected out) {
        List<MigrationParts.Half> halves = new ArrayList<>();
        for (SourceFile file : listing.sqlFiles()) {
            Optional<Matcher> match = Listing.match(FILE, file);
            if (match.isPresent()) {
                out.claim(file);
                halves.add(new MigrationParts.Half(
                        file,
                        match.get().group(1).replace("-", ""),
                        Optional.ofNullable(match.get().group(2)).orElse(""),
                        match.get().group(3).equals("up"),
                        transaction(listing, file, out)));
            }
        }
        MigrationParts.pair(halves, out);
    }

    private static TransactionMode transaction(Listing listing, SourceFile file, Collected out) {
        String directory = file.path().substring(0, file.path().lastIndexOf('/') + 1);
        Optional<SourceFile> metadata = listing.file(directory + "metadata.toml");
        metadata.ifPresent(out::claim);
        boolean off = metadata.filter(
                        found -> NO_TRANSACTION.matcher(found.source().text()).find())
                .isPresent();
        return off ? TransactionMode.OFF : TransactionMode.ON;
    }
}
