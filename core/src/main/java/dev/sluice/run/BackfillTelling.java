package dev.sluice.run;

import dev.sluice.backfill.Progress;
import dev.sluice.backfill.ProgressListener;
import java.util.Locale;

/** Tells the listener of a run how a walk goes. */
record BackfillTelling(Scope scope, String version, String step) implements ProgressListener {

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
                                "batch %d ms, duty %.0f %%",
                                progress.lastBatch().toMillis(),
                                progress.duty() * 100)));
    }

    @Override
    public void notice(String text) {
        scope.notice(RunEvent.Notice.Level.INFO, text);
    }
}
