package dev.sluice.migration;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The files that no layout claimed. None is skipped in silence: SQL and code that could be a migration is a problem,
 * files that tools are known to keep there are fine, and the rest is shown to the user.
 */
record Leftovers(List<Problem> problems, List<String> unused) {
    private static final Set<String> KNOWN_NAMES = Set.of(
            "migration_lock.toml",
            "atlas.sum",
            "sluice.toml",
            "diesel.toml",
            "license",
            "makefile",
            "thumbs.db",
            "desktop.ini",
            "_journal.json");
    private static final Pattern KNOWN =
            Pattern.compile("(?i)(.*/)?(\\.[^/]*|readme[^/]*|[^/]*\\.md)|meta/[^/]*_snapshot\\.json");
    private static final Set<String> CODE = Set.of(
            "java", "kt", "class", "go", "py", "rb", "js", "cjs", "mjs", "ts", "cts", "mts", "ex", "exs", "cs", "php",
            "sh", "ps1", "bat", "xml", "yaml", "yml");
    private static final Pattern NUMBERED = Pattern.compile("(?:[VUB]?\\d|R__).*");

    Leftovers {
        problems = List.copyOf(problems);
        unused = List.copyOf(unused);
    }

    static Leftovers of(Listing listing, Collected collected, Layout layout) {
        List<Problem> problems = new ArrayList<>(sameButForCase(listing));
        List<String> unused = new ArrayList<>();
        boolean noSql = listing.sqlFiles().isEmpty();
        for (SourceFile file : listing.files()) {
            if (collected.isClaimed(file) || isKnown(file)) {
                continue;
            }
            boolean code = CODE.contains(extension(file).orElse(""));
            if (file.isSql()) {
                problems.add(Problem.ofDirectory(
                        file.shown(),
                        "this is no migration in the layout '" + layout.id() + "', whose files look like "
                                + layout.form() + ". Rename it, or move it to another directory"));
            } else if (code && (noSql || NUMBERED.matcher(file.fileName()).matches())) {
                problems.add(Problem.ofDirectory(
                        file.shown(),
                        "this seems to be a migration that is code; Sluice runs only SQL. Write it as SQL, or, if it has"
                                + " been applied for good, move it to another directory"));
            } else {
                unused.add(file.shown());
            }
        }
        return new Leftovers(problems, unused);
    }

    private static boolean isKnown(SourceFile file) {
        return KNOWN_NAMES.contains(file.fileName().toLowerCase(Locale.ROOT))
                || KNOWN.matcher(file.path()).matches();
    }

    private static Optional<String> extension(SourceFile file) {
        int dot = file.fileName().lastIndexOf('.');
        return dot < 0
                ? Optional.empty()
                : Optional.of(file.fileName().substring(dot + 1).toLowerCase(Locale.ROOT));
    }

    /** On macOS and Windows a checkout has only one of the two, and nobody can tell which. */
    private static List<Problem> sameButForCase(Listing listing) {
        List<Problem> problems = new ArrayList<>();
        Map<String, SourceFile> seen = new HashMap<>();
        for (SourceFile file : listing.files()) {
            SourceFile other = seen.putIfAbsent(file.path().toLowerCase(Locale.ROOT), file);
            if (other != null && file.isSql()) {
                problems.add(Problem.ofDirectory(
                        file.shown(),
                        "differs from " + other.shown() + " only in upper and lower case, so that one of them is lost"
                                + " where file names do not tell them apart (macOS, Windows). Rename one"));
            }
        }
        return problems;
    }
}
