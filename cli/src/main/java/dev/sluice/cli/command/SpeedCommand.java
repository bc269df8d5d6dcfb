package dev.sluice.cli.command;

import com.google.gson.JsonObject;
import dev.sluice.ExitCode;
import dev.sluice.SluiceException;
import dev.sluice.cli.render.Json;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code sluice speed}. */
@Command(
        name = "speed",
        description = {
            "Set how much of the time backfills and batched statements may work.",
            "",
            "It holds for a run that works now, from its next batch on, and for all later ones of this",
            "database. Without a value: show it.",
            ""
        },
        footer = {
            "",
            "Examples:",
            "  sluice speed 50%%                 a pause as long as each batch after it",
            "  sluice speed 100%%                as fast as the application's traffic allows"
        })
final class SpeedCommand implements Callable<Integer> {
    private static final Pattern PERCENT = Pattern.compile("(\\d{1,3})\\s*%?");

    private final RootCommand root;

    @Parameters(arity = "0..1", paramLabel = "PERCENT", description = "0 to 100; 0 pauses.")
    private @Nullable String percent;

    SpeedCommand(RootCommand root) {
        this.root = root;
    }

    @Override
    public Integer call() {
        return percent == null ? show(root) : set(root, parse(percent));
    }

    private static int parse(String text) {
        Matcher matcher = PERCENT.matcher(text.strip());
        int value = matcher.matches() ? Integer.parseInt(matcher.group(1)) : -1;
        if (value < 0 || value > 100) {
            throw new SluiceException(
                    ExitCode.USAGE,
                    "'" + text + "' is no speed: it takes a percentage, 0 to 100.\nNext: sluice speed 50%");
        }
        return value;
    }

    static Integer set(RootCommand root, int percent) {
        new MigrationRun(root).looking(List.of()).speed(percent / 100.0);
        return show(root);
    }

    private static Integer show(RootCommand root) {
        double share = new MigrationRun(root).looking(List.of()).activity().share();
        long percent = Math.round(share * 100);
        if (root.console().isJson()) {
            JsonObject object = new JsonObject();
            object.addProperty("speed", percent);
            root.console().result(Json.pretty(object));
        } else {
            root.console()
                    .out(
                            percent == 0
                                    ? "Backfills are paused. Next: sluice resume\n"
                                    : "Backfills may work " + percent + " % of the time.\n");
        }
        return MigrationRun.ok();
    }
}
