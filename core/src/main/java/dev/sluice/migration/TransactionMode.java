package dev.sluice.migration;

/** Whether a script asked to run inside a transaction. The planner still decides statement by statement. */
public enum TransactionMode {
    /** Nothing was said, or a transaction was asked for. */
    ON,
    /** The script must not run inside a transaction, for example because of a concurrent index build. */
    OFF
}
