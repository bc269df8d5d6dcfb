package dev.sluice.migration;

/** When a migration runs. */
public enum MigrationKind {
    /** Once, in the order of the versions. */
    VERSIONED,
    /** After all versioned ones, again whenever its script has changed (Flyway's {@code R__}). */
    REPEATABLE,
    /** On an empty database only, in place of all versions up to its own (Flyway's {@code B__}). */
    BASELINE
}
