package dev.sluice.cli.lint;

import dev.sluice.lab.shadow.Shadow;
import dev.sluice.lint.Observations;
import dev.sluice.lint.Observed;
import dev.sluice.lint.Standing;
import dev.sluice.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** Scripts that were tried on a throw-away database, and what was seen there. */
public final class TriedScripts implements Observations {

    private final Map<String, Observed> observed = new HashMap<>();

    private TriedScripts() {}

    /**
     * Tries those that are reported; the others run plainly, up to the last that is reported.
     *
     * @param before called before each script that is looked at, when the database is as that script finds it
     * @param note told, in a line, what somebody should know who relies on this
     */
    public static TriedScripts on(
            Shadow shadow, List<LintScripts.Entry> entries, Consumer<LintScripts.Entry> before, Consumer<String> note) {
        TriedScripts tried = new TriedScripts();
        List<LintScripts.Entry> left = new ArrayList<>(entries);
        left.removeIf(entry -> entry.standing() == Standing.BACK); // what comes after it starts from the way forward
        while (!left.isEmpty() && !left.get(left.size() - 1).reported()) {
            left.remove(left.size() - 1);
        }
        while (!left.isEmpty()) {
            LintScripts.Entry entry = left.remove(0);
            if (!entry.reported()) {
                shadow.pass(entry.script());
                continue;
            }
            shadow.fill();
            before.accept(entry);
            Shadow.Result result = shadow.observe(entry.script());
            result.statements()
                    .forEach((start, seen) ->
                            tried.observed.put(key(entry.script().file(), start), seen));
            result.repair()
                    .ifPresent(repair -> note.accept(entry.script().file()
                            + " does not work on the rows that were made up; it was tried on fewer: " + repair));
            if (result.failed()) {
                note.accept(entry.script().file() + " fails on the throw-away database"
                        + (left.isEmpty() ? "." : "; what comes after it was not tried."));
                break;
            }
        }
        return tried;
    }

    @Override
    public Optional<Observed> of(Statement statement) {
        return Optional.ofNullable(observed.get(key(statement.source().file(), statement.start())));
    }

    private static String key(String file, int start) {
        return file + "@" + start;
    }
}
