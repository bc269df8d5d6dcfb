package dev.sluice.cli.progress;

import static java.util.Objects.requireNonNull;

import dev.sluice.cli.Console;
import dev.sluice.cli.render.Quantities;
import dev.sluice.cli.render.Style;
import dev.sluice.plan.Phase;
import dev.sluice.plan.Plan;
import dev.sluice.run.Blocker;
import dev.sluice.run.RunEvent;
import dev.sluice.run.RunListener;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Tells a person what a run does, on standard error. Events arrive one at a time, as {@link RunListener} promises. */
public final class RunReport implements RunListener {
    private static final Duration LINE_EVERY = Duration.ofSeconds(1);
    private static final Duration DRAW_EVERY = Duration.ofMillis(100);
    private static final int BAR = 24;

    private final Console console;
    private final Style style;
    private final InstantSource clock;
    private final boolean terminal;
    private final int width;
    private Instant lastShown = Instant.EPOCH;
    private boolean drawn;
    private Optional<RunEvent.StepStarted> step = Optional.empty();

    /** @param width columns of the terminal */
    public RunReport(Console console, InstantSource clock, boolean terminal, int width) {
        this.console = requireNonNull(console);
        this.style = console.look().err();
        this.clock = requireNonNull(clock);
        this.terminal = terminal;
        this.width = width;
    }

    /** {@link RunEvent.MigrationFinished} is not told here: it is the result of the command. */
    @Override
    public void on(RunEvent event) {
        if (console.isQuiet()) {
            return;
        }
        if (event instanceof RunEvent.WaitingForRunner waiting) {
            passing("waiting for another runner, " + waiting.holder() + " (" + Quantities.time(waiting.waited()) + ")");
        } else if (event instanceof RunEvent.MigrationStarted started) {
            line(style.bold(started.plan().migration().version() + " "
                            + started.plan().migration().name())
                    + ": " + what(started));
        } else if (event instanceof RunEvent.StepStarted started) {
            begin(started);
        } else if (event instanceof RunEvent.WaitingForLock waiting) {
            passing(position() + waiting(waiting));
        } else if (event instanceof RunEvent.BackfillProgress progress) {
            passing(position() + progress(progress));
        } else if (event instanceof RunEvent.IndexProgress progress) {
            passing(position() + progress(progress));
        } else if (event instanceof RunEvent.StepFinished finished) {
            end(finished);
        } else if (event instanceof RunEvent.Notice notice) {
            boolean warning = notice.level() == RunEvent.Notice.Level.WARNING;
            line((warning ? style.yellow("warning: ") : "") + notice.text());
        }
    }

    /** Takes a half-drawn line away; to be called before anything else is printed. */
    public void clear() {
        if (drawn) {
            console.draw("\r\u001b[K");
            drawn = false;
        }
    }

    private static String what(RunEvent.MigrationStarted started) {
        Plan plan = started.plan();
        String resumed = started.resumed() ? " (goes on where it stopped)" : "";
        if (started.direction() == RunEvent.Direction.BACK) {
            return "going back" + resumed;
        }
        Phase phase = started.phase();
        return phase.name().toLowerCase(Locale.ROOT) + ", "
                + Quantities.of(plan.steps(phase).size(), "step") + resumed;
    }

    private void begin(RunEvent.StepStarted started) {
        step = Optional.of(started);
        lastShown = clock.instant(); // a short step needs no line of its own before it is done
        if (terminal) {
            draw(position());
        }
    }

    private String position() {
        return step.map(now -> "  " + now.number() + "/" + now.count() + " "
                        + now.step().info().title() + ": ")
                .orElse("  ");
    }

    private void end(RunEvent.StepFinished finished) {
        StringBuilder text = new StringBuilder("  ");
        text.append(style.green("done")).append(' ');
        step.ifPresent(now -> text.append(now.number())
                .append('/')
                .append(now.count())
                .append(' ')
                .append(now.step().info().title()));
        text.append(" in ").append(Quantities.time(finished.duration()));
        if (finished.rows() > 0) {
            text.append(", ").append(Quantities.rows(finished.rows()));
        }
        if (!finished.lockHeld().isZero()) {
            text.append(", lock held ").append(Quantities.time(finished.lockHeld()));
            if (finished.tries() > 1 || finished.lockWait().toMillis() > 100) {
                text.append(" after ").append(Quantities.time(finished.lockWait()));
                text.append(finished.tries() > 1 ? " and " + Quantities.of(finished.tries() - 1, "retry") : "");
            }
        }
        line(text.toString().replace("retrys", "retries"));
        step = Optional.empty();
    }

    private static String waiting(RunEvent.WaitingForLock waiting) {
        List<Blocker> blockers = waiting.blockers();
        String who = blockers.isEmpty()
                ? "trying again"
                : blockers.get(0).describe() + (blockers.size() > 1 ? ", and " + (blockers.size() - 1) + " more" : "");
        return "waiting for a lock (" + Quantities.time(waiting.waited()) + ", nobody queues behind us): " + who;
    }

    private String progress(RunEvent.BackfillProgress progress) {
        StringBuilder text = new StringBuilder(progress.activity());
        text.append(' ').append(bar(progress.fraction()));
        if (progress.rows() > 0) {
            text.append(", ").append(Quantities.rows(progress.rows()));
            text.append(", ")
                    .append(Quantities.count(Math.round(progress.rowsPerSecond())))
                    .append(" rows/s");
        }
        progress.remaining()
                .filter(left -> left.toSeconds() > 0)
                .ifPresent(left -> text.append(", ").append(left(left)).append(" left"));
        return text.append(progress.detail().isBlank() ? "" : ", " + progress.detail())
                .toString();
    }

    /** An estimate: tenths of a second would pretend to know better. */
    private static String left(Duration time) {
        return time.toSeconds() < 60 ? time.toSeconds() + " s" : Quantities.time(Duration.ofSeconds(time.toSeconds()));
    }

    private String progress(RunEvent.IndexProgress progress) {
        return progress.phase()
                + (progress.fraction() < 0 ? "" : " " + bar(progress.fraction()))
                + progress.waitsFor()
                        .map(blocker -> ", waits for " + blocker.describe())
                        .orElse("");
    }

    private String bar(double fraction) {
        double within = Math.max(0, Math.min(1, fraction));
        // never 100 before it is done
        String percent = (int) Math.floor(within * 100) + " %";
        if (!terminal) {
            return percent;
        }
        int full = (int) Math.floor(within * BAR);
        return "[" + "█".repeat(full) + "░".repeat(BAR - full) + "] " + percent;
    }

    /** Something that the next event replaces. */
    private void passing(String text) {
        Instant now = clock.instant();
        Duration passed = Duration.between(lastShown, now);
        if (passed.compareTo(terminal ? DRAW_EVERY : LINE_EVERY) < 0) {
            return;
        }
        lastShown = now;
        if (terminal) {
            draw(text);
        } else {
            console.note(text);
        }
    }

    private void draw(String text) {
        String line = text.replace('\n', ' ');
        String fitting = line.codePointCount(0, line.length()) < width
                ? line
                : line.substring(0, line.offsetByCodePoints(0, Math.max(1, width - 2))) + "…";
        console.draw("\r\u001b[K" + style.dim(fitting));
        drawn = true;
    }

    private void line(String text) {
        clear();
        console.note(text);
    }
}
