package dev.sluice.backfill;

/** What a person may change while a walk runs; asked before every batch. */
public interface Control {

    /** Full speed, never stopped. */
    Control NONE = new Control() {};

    /** Largest share of the time spent in batches, 0.05 to 1; 0 pauses the walk until it is more. */
    default double maxDuty() {
        return 1.0;
    }

    /** For people; asked when {@link #maxDuty()} is 0. */
    default String whyPaused() {
        return "paused";
    }

    /** Whether to end after the batch that is running, with exit code FAILED_SAFE; a later run resumes. */
    default boolean stopRequested() {
        return false;
    }
}
