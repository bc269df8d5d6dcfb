package dev.sluice.migration;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Flyway with its default names: {@code V<version>__<description>.sql}, {@code U…} as its way back, {@code B…} as a
 * baseline, {@code R__<description>.sql} repeatable, in any depth of directories. {@code <script>.conf} is read for
 * {@code executeInTransaction}; callbacks, placeholders and code are refused, since skipping them would change what a
 * migration does.
 */
final class FlywayLayout implements Layout {
    private static final Pattern FILE = Pattern.compile("(?:.*/)?(?:([VUB])(\\d+(?:[._]\\d+)*)|R)__([^/]*)\\.(?i:sql)");
    private static final Pattern CALLBACK =
            Pattern.compile("(?:.*/)?(?:before|after|create)[A-Z][A-Za-z]*(?:__[^/]*)?\\.(?i:sql)");

    @Override
    public String id() {
        return "flyway";
    }

    @Override
    public String form() {
        return "V1_2__add_users.sql, U1_2__add_users.sql, B5__baseline.sql, R__views.sql";
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
                TransactionMode transaction =
                        FlywayScriptConfig.of(listing, file, out).check(file.source(), out);
                String version =
                        Optional.ofNullable(match.get().group(2)).orElse("").replace('_', '.');
                String name = match.get().group(3).replace('_', ' ');
                switch (Optional.ofNullable(match.get().group(1)).orElse("R")) {
                    case "V" -> halves.add(new MigrationParts.Half(file, version, name, true, transaction));
                    case "U" -> halves.add(new MigrationParts.Half(file, version, name, false, transaction));
                    case "B" -> single(file, version, name, MigrationKind.BASELINE, transaction, out);
                    default -> single(file, "R__" + name, name, MigrationKind.REPEATABLE, transaction, out);
                }
            } else if (CALLBACK.matcher(file.path()).matches()) {
                out.claim(file);
                out.problem(Problem.ofDirectory(
                        file.shown(),
                        "this is a callback of Flyway, and Sluice runs none. Put what it does into a migration, or move it"
                                + " to another directory if it is not needed"));
            }
        }
        MigrationParts.pair(halves, out);
    }

    private static void single(
            SourceFile file,
            String version,
            String name,
            MigrationKind kind,
            TransactionMode transaction,
            Collected out) {
        MigrationScript up =
                ScriptSection.wholeFile(file.scanned(), transaction).read(out);
        out.add(MigrationParts.migration(version, name, kind, up, Optional.empty(), out));
    }
}
