package dev.sluice.cli.scaffold;

import dev.sluice.ExitCode;
import dev.sluice.SluiceException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** How each layout writes a new migration. */
public final class FileForm {
    private static final DateTimeFormatter TIMESTAMP =
            DateTimeFormatter.ofPattern("yyyyMMddHHmmss", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final int TIMESTAMP_DIGITS = 12;

    private FileForm() {}

    /**
     * The files of a draft: relative path and content, in the order to show them.
     *
     * @param layout as {@code --layout} names it
     */
    public static Map<String, String> files(String layout, String version, Draft draft) {
        Map<String, String> files = new LinkedHashMap<>();
        String base = version + "_" + draft.name();
        String up = draft.up() + "\n";
        String down = draft.down() + "\n";
        switch (layout) {
            case "native", "dbmate" -> files.put(base + ".sql", "-- migrate:up\n" + up + "\n-- migrate:down\n" + down);
            case "goose" -> files.put(base + ".sql", "-- +goose Up\n" + up + "\n-- +goose Down\n" + down);
            case "golang-migrate", "sqlx" -> {
                files.put(base + ".up.sql", up);
                files.put(base + ".down.sql", down);
            }
            case "flyway" -> {
                files.put("V" + version + "__" + draft.name() + ".sql", up);
                files.put("U" + version + "__" + draft.name() + ".sql", down);
            }
            case "diesel" -> {
                files.put(base + "/up.sql", up);
                files.put(base + "/down.sql", down);
            }
            case "prisma" -> {
                files.put(base + "/migration.sql", up);
                files.put(base + "/down.sql", down);
            }
            default ->
                throw new SluiceException(
                        ExitCode.USAGE,
                        "Sluice reads " + layout + " migrations but does not write new ones.\n"
                                + "Next: create the file with " + layout + " itself.");
        }
        return files;
    }

    /**
     * The next version: a UTC timestamp, or the next number where the existing versions are short numbers.
     *
     * @param existing the versions there are
     */
    public static String nextVersion(Collection<String> existing, Instant now) {
        String highest = existing.stream()
                .filter(version -> version.matches("\\d+"))
                .max((a, b) -> a.length() != b.length() ? Integer.compare(a.length(), b.length()) : a.compareTo(b))
                .orElse("");
        boolean counted = !highest.isEmpty()
                && existing.stream()
                        .allMatch(version -> version.matches("\\d{1," + (TIMESTAMP_DIGITS - 1) + "}([._]\\d+)*"));
        if (counted) {
            return String.format(Locale.ROOT, "%0" + highest.length() + "d", Long.parseLong(highest) + 1);
        }
        Instant moment = now;
        while (existing.contains(TIMESTAMP.format(moment))) {
            moment = moment.plusSeconds(1);
        }
        return TIMESTAMP.format(moment);
    }
}
