package dev.sluice.run;

import dev.sluice.backfill.Pressure;
import dev.sluice.backfill.Progress;
import dev.sluice.backfill.ProgressListener;
import java.util.Locale;
import java.util.Optional;

/** Tells the listener of a run how a walk goes, and the journal what slows it down. Used by one thread at a time. */
final class BackfillTelling implements ProgressListener {

    private static final long WRITE_EVERY_NANOS = 1_000_000_000L;

    private final Scope scope;
    private final String version;
    private final String step;
    private final boolean journalled;
    private Optional<Pressure> pressure = Optional.empty();
    private long written = System.nanoTime() - WRITE_EVERY_NANOS;

    /** @param journalled false for a helper: the journal says what slows the runner down */
    BackfillTelling(Scope scope, String version, String step, boolean journalled) {
        this.scope = scope;
        this.version = version;
        this.step = step;
        this.journalled = journalled;
    }

    @Override
    public void progress(Progress progress) {
        scope.listener()
                .on(new RunEvent.BackfillProgress(
                        version,
                        step,
                        progress.activity(),
                        progress.rows(),
                        progress.percent() / 100,
                        progress.rowsPerSecond(),
                        progress.eta(),
                        String.format(
                                Locale.ROOT,
                                "batch %d ms, duty %.0f %%%s",
                                progress.lastBatch().toMillis(),
                                progress.duty() * 100,
                                pressure.map(why -> ", " + why.reason()).orElse(""))));
    }

    @Override
    public void notice(String text) {
        scope.notice(RunEvent.Notice.Level.INFO, text);
    }

    @Override
    public void throttled(Optional<Pressure> why) {
        boolean another = !kind(why).equals(kind(pressure));
        pressure = why;
        if (another) {
            notice(sentence());
        }
        long now = System.nanoTime();
        if (journalled && (another || now - written >= WRITE_EVERY_NANOS)) {
            written = now;
            scope.meanwhile((journal, session) -> {
                journal.pace(session, version, step, why.map(slow -> sentence()));
                if (another) {
                    journal.event(
                            session,
                            Journal.Event.of(why.isPresent() ? "throttled" : "at full speed")
                                    .in(version)
                                    .at(step)
                                    .saying(sentence()));
                }
            });
        }
    }

    private String sentence() {
        return pressure.map(why -> (why.pauses() ? "pausing: " : "slower: ") + why.reason())
                .orElse("at full speed again");
    }

    private static String kind(Optional<Pressure> pressure) {
        return pressure.map(why -> why.signal() + why.pauses()).orElse("");
    }
}
