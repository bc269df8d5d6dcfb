package dev.sluice.cli.command;

import dev.sluice.cli.render.ActivityText;
import dev.sluice.run.Activity;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code sluice watch}. */
@Command(
        name = "watch",
        description = {"Show what runs on the database, whoever runs it, once a second until Ctrl-C.", ""},
        footer = {"", "Examples:", "  sluice watch", "  sluice watch --once --format json      for a script"})
final class WatchCommand implements Callable<Integer> {
    private static final long EVERY_MILLIS = 1000;

    private final RootCommand root;

    @Option(names = "--once", order = 1, description = "Show it once and end.")
    private boolean once;

    WatchCommand(RootCommand root) {
        this.root = root;
    }

    @Override
    public Integer call() throws InterruptedException {
        ActivityText text = new ActivityText(root.console().look().out());
        String shown = "";
        while (true) {
            Activity activity = new MigrationRun(root).look(migrator -> migrator.activity(), List.of());
            Instant now = root.surroundings().clock().instant();
            if (root.console().isJson()) {
                root.console().result(ActivityText.json(activity));
            } else {
                String lines = text.lines(activity, now);
                if (root.surroundings().outTerminal() && !once) {
                    // over what stands there: as many lines up as it has
                    root.console()
                            .out((shown.isEmpty()
                                            ? ""
                                            : "\u001b[" + shown.lines().count() + "A\u001b[J")
                                    + lines);
                } else if (!lines.equals(shown)) {
                    root.console().out(lines);
                }
                shown = lines;
            }
            if (once) {
                return MigrationRun.ok();
            }
            Thread.sleep(EVERY_MILLIS);
        }
    }
}
