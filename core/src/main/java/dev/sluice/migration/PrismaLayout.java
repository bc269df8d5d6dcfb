package dev.sluice.migration;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Prisma: {@code <digits>_<name>/migration.sql}, and {@code down.sql} beside it where somebody wrote one. Prisma applies
 * directories in the order of their names, Sluice by number; where the two differ, the files are refused.
 */
final class PrismaLayout implements Layout {
    private static final Pattern FILE = Pattern.compile("([^/]+)/(migration|down)\\.sql");
    private static final Pattern UP = Pattern.compile("[^/]+/migration\\.sql");
    /** A day, perhaps with hour and minute. */
    private static final Pattern DAY = Pattern.compile("(19|20)\\d\\d(0[1-9]|1[0-2])(0[1-9]|[12]\\d|3[01])\\d{0,5}");

    /** Digits of a time to the second. */
    private static final int SECOND = 14;

    private static final Pattern NUMBERED = Pattern.compile("(\\d+)[_-]?(.*)");

    @Override
    public String id() {
        return "prisma";
    }

    @Override
    public String form() {
        return "20260131120000_add_users/migration.sql, and down.sql beside it if there is one";
    }

    @Override
    public double detect(Listing listing) {
        return listing.share(file -> UP.matcher(file.path()).matches()
                || file.path().endsWith("/down.sql")
                        && listing.file(file.path().replaceFirst("down\\.sql$", "migration.sql"))
                                .isPresent());
    }

    @Override
    public void read(Listing listing, Collected out) {
        List<MigrationParts.Half> halves = new ArrayList<>();
        for (SourceFile file : listing.sqlFiles()) {
            Optional<Matcher> match = Listing.match(FILE, file);
            if (match.isPresent()) {
                out.claim(file);
                String directory = match.get().group(1);
                Matcher numbered = NUMBERED.matcher(directory);
                boolean hasNumber = numbered.matches();
                halves.add(new MigrationParts.Half(
                        file,
                        hasNumber ? version(numbered.group(1)) : directory,
                        hasNumber ? numbered.group(2) : "",
                        match.get().group(2).equals("migration"),
                        TransactionMode.ON));
            }
        }
        refuseOtherOrder(halves, out);
        MigrationParts.pair(halves, out);
    }

    /**
     * Directories named by hand have the day for a number, where Prisma writes the second, too: the day begins with its first one, and
     * by name such a directory comes before the others of its day.
     */
    private static String version(String number) {
        return DAY.matcher(number).matches() ? number + "0".repeat(SECOND - number.length()) : number;
    }

    private static void refuseOtherOrder(List<MigrationParts.Half> halves, Collected out) {
        List<MigrationParts.Half> ups = halves.stream()
                .filter(MigrationParts.Half::up)
                .sorted(Comparator.comparing(half -> half.file().path()))
                .toList();
        VersionOrder order = new VersionOrder();
        for (int i = 1; i < ups.size(); i++) {
            if (order.compare(ups.get(i - 1).version(), ups.get(i).version()) > 0) {
                out.problem(Problem.ofDirectory(
                        ups.get(i - 1).file().shown(),
                        "Prisma applies this before " + ups.get(i).file().shown()
                                + " (by name), but its number is greater. Pad the numbers to one length"));
            }
        }
    }
}
