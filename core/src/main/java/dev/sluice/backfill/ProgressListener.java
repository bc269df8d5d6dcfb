package dev.sluice.backfill;

import java.util.Optional;

/** Told how a walk goes, on the thread that walks: return quickly. */
public interface ProgressListener {

    /** Tells nobody. */
    ProgressListener NONE = new ProgressListener() {};

    /** At most about four times a second, and once at the end. */
    default void progress(Progress progress) {}

    /** Something out of the ordinary, in a sentence: a retry, a lost connection, throttling, a skipped VACUUM. */
    default void notice(String text) {}

    /** The walk is slowed down or stopped by what the server tells, about once a second; empty: at full speed again. */
    default void throttled(Optional<Pressure> why) {}
}
