package dev.sluice.cli.render;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.sluice.run.MigrationState;
import dev.sluice.run.RunResult;
import java.util.Optional;

/** What a run came to. */
public final class RunText {
    private RunText() {}

    /** One line for each migration that was touched, and what comes next. */
    public static String text(RunResult result, Style style) {
        StringBuilder text = new StringBuilder();
        TextTable table = new TextTable();
        for (RunResult.Outcome outcome : result.outcomes()) {
            table.row(
                    style.bold(outcome.version()),
                    outcome.name(),
                    style.green(outcome.state().text()),
                    Quantities.of(outcome.stepsRun(), "step") + " in " + Quantities.time(outcome.duration()),
                    outcome.longestLockHeld().isZero()
                            ? ""
                            : "longest lock " + Quantities.time(outcome.longestLockHeld()));
        }
        text.append(table.render());
        if (result.outcomes().isEmpty() && result.stopped().isEmpty()) {
            text.append("Nothing to do.\n");
        }
        result.stopped().ifPresent(why -> text.append(why).append('\n'));
        next(result)
                .filter(next -> result.stopped().isEmpty())
                .ifPresent(next -> text.append("Next: ").append(next).append('\n'));
        return text.toString();
    }

    /** Documented in docs/cli.md; fields are only ever added. */
    public static String json(RunResult result) {
        JsonObject object = new JsonObject();
        JsonArray outcomes = new JsonArray();
        for (RunResult.Outcome outcome : result.outcomes()) {
            JsonObject item = new JsonObject();
            item.addProperty("version", outcome.version());
            item.addProperty("name", outcome.name());
            item.addProperty("state", outcome.state().text());
            item.addProperty("stepsRun", outcome.stepsRun());
            item.addProperty("durationMs", outcome.duration().toMillis());
            item.addProperty("longestLockHeldMs", outcome.longestLockHeld().toMillis());
            outcomes.add(item);
        }
        object.add("outcomes", outcomes);
        result.stopped().ifPresent(why -> object.addProperty("stopped", why));
        return Json.pretty(object);
    }

    private static Optional<String> next(RunResult result) {
        boolean expanded = result.outcomes().stream().anyMatch(outcome -> outcome.state() == MigrationState.EXPANDED);
        return expanded
                ? Optional.of("deploy the new version; when no old one runs any more, sluice contract")
                : Optional.empty();
    }
}
