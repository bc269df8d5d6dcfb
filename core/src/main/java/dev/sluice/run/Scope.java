package dev.sluice.run;

import static java.util.Objects.requireNonNull;

import dev.sluice.Settings;

/** What belongs to one command while it runs. */
record Scope(Worker worker, Journal journal, Settings settings, Cancellation cancellation, RunListener listener) {

    Scope {
        requireNonNull(worker);
        requireNonNull(journal);
        requireNonNull(settings);
        requireNonNull(cancellation);
        requireNonNull(listener);
    }

    void notice(RunEvent.Notice.Level level, String text) {
        listener.on(new RunEvent.Notice(level, text));
    }

    /** Locks for one step; whom it waits for goes to the listener and, after the first second, into the journal. */
    LockAcquirer locks(String version, String stepId) {
        return new LockAcquirer(settings.locks(), cancellation, (blockers, waited, tries) -> {
            listener.on(new RunEvent.WaitingForLock(version, stepId, blockers, waited, tries));
            if (!blockers.isEmpty() && !worker.session().isInTransaction()) {
                journal.waiting(worker.session(), version, stepId, blockers);
            }
        });
    }
}
