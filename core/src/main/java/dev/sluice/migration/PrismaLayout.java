package dev.sluice.migration;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

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
        Map<SourceFile, Matcher> files = new LinkedHashMap<>();
        for (SourceFile file : listing.sqlFiles()) {
            Listing.match(FILE, file).ifPresent(match -> {
                out.claim(file);
                files.put(file, match);
            });
        }
        Map<String, String> versions = versions(
                files.values().stream().map(match -> match.group(1)).collect(Collectors.toCollection(TreeSet::new)));
        List<MigrationParts.Half> halves = new ArrayList<>();
        files.forEach((file, match) -> {
            String directory = match.group(1);
            Matcher numbered = NUMBERED.matcher(directory);
            halves.add(new MigrationParts.Half(
                    file,
                    versions.getOrDefault(directory, directory),
                    numbered.matches() ? numbered.group(2) : "",
                    match.group(2).equals("migration"),
                    TransactionMode.ON));
        });
        refuseOtherOrder(halves, out);
        MigrationParts.pair(halves, out);
    }

    /**
     * The versions of directories. Prisma tells them apart by their whole names, so two can have one number: the second by name gets
     * {@code .1}, the third {@code .2}.
     */
    private static Map<String, String> versions(SortedSet<String> directories) {
        Map<String, String> versions = new HashMap<>();
        Map<String, Integer> taken = new HashMap<>();
        for (String directory : directories) {
            Matcher numbered = NUMBERED.matcher(directory);
            String version = numbered.matches() ? version(numbered.group(1)) : directory;
            int before = taken.merge(VersionOrder.key(version), 1, Integer::sum) - 1;
            versions.put(directory, before == 0 ? version : version + "." + before);
        }
        return versions;
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
