package dev.sluice.cli.command;

import dev.sluice.cli.render.ActivityText;
import dev.sluice.run.Activity;
import java.time.Duration;
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
    private static final Duration EVERY = Duration.ofSeconds(1);

    private final RootCommand root;

    @Option(names = "--once", order = 1, description = "Show it once and end.")
    private boolean once;

    WatchCommand(RootCommand root) {
        this.root = root;
    }

    @Override
    public Integer call() throws InterruptedException {
        Screen screen = new Screen();
        new MigrationRun(root).looking(List.of()).watch(EVERY, activity -> {
            screen.show(activity);
            return !once;
        });
        return MigrationRun.ok();
    }

    /** Says again only what has changed; on a terminal, over what stands there. */
    private final class Screen {
        private final ActivityText text = new ActivityText(root.console().look().out());
        private String shown = "";

        void show(Activity activity) {
            if (root.console().isJson()) {
                root.console().result(ActivityText.json(activity));
                return;
            }
            String lines = text.lines(activity, root.surroundings().clock().instant());
            if (root.surroundings().outTerminal() && !once) {
                root.console().out(up(shown.lines().count()) + lines);
            } else if (!lines.equals(shown)) {
                root.console().out(lines);
            }
            shown = lines;
        }

        private static String up(long lines) {
            return lines == 0 ? "" : "\u001b[" + lines + "A\u001b[J";
        }
    }
}
