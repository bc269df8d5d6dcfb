package dev.sluice.cli.demo;

import dev.sluice.lab.traffic.Latency;
import dev.sluice.lab.traffic.Recorder;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Shows every second (where nothing can be redrawn: every five) what runs and how the versions fare. */
final class StatusTicker implements AutoCloseable {
    private static final int BAR = 20;

    private final Screen screen;
    private final Deployment deployment;
    private final RunTally tally;
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "status");
        thread.setDaemon(true);
        return thread;
    });

    StatusTicker(Screen screen, Deployment deployment, RunTally tally) {
        this.screen = screen;
        this.deployment = deployment;
        this.tally = tally;
        int seconds = screen.isLive() ? 1 : 5;
        var unused = clock.scheduleAtFixedRate(this::tick, seconds, seconds, TimeUnit.SECONDS);
    }

    private void tick() {
        screen.show(List.of(
                tally.activity().map(StatusTicker::line).orElse("no migration runs"),
                line("old", deployment.oldName(), deployment.oldRecorder()),
                line("new", deployment.newName(), deployment.newRecorder())));
    }

    static String line(RunTally.Activity activity) {
        String step = activity.number() + "/" + activity.count() + " " + activity.title();
        if (activity.fraction() < 0) {
            return step;
        }
        int full = (int) Math.round(Math.min(1, activity.fraction()) * BAR);
        String bar = "█".repeat(full) + "░".repeat(BAR - full);
        String rows = activity.rows() == 0
                ? ""
                : String.format(Locale.ROOT, " %,d rows %,.0f/s", activity.rows(), activity.rowsPerSecond());
        return String.format(Locale.ROOT, "%s %s %.0f %%%s", step, bar, activity.fraction() * 100, rows);
    }

    private static String line(String part, Optional<String> name, Recorder recorder) {
        if (name.isEmpty()) {
            return part + "  –";
        }
        Latency latency = recorder.takeInterval();
        return String.format(
                Locale.ROOT,
                "%s  %s  %d requests, p50 %s, p99 %s, longest %s, failed %d",
                part,
                name.get(),
                latency.requests(),
                DemoSummary.ms(latency.p50Millis()),
                DemoSummary.ms(latency.p99Millis()),
                DemoSummary.ms(latency.longestMillis()),
                recorder.report().failed());
    }

    @Override
    public void close() {
        clock.shutdownNow();
        screen.erase();
    }
}
