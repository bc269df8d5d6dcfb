package dev.sluice.migration;

import java.util.Objects;

/**
 * What a database's journal says about a migration that is in the database, wholly or in part. Migrations that never ran
 * or were taken back have none.
 *
 * @param version as in {@link Migration#version()}
 * @param checksum of the up script as it was applied, as in {@link Migration#checksum()}
 */
public record AppliedMigration(String version, String checksum, Progress progress) {
    public AppliedMigration {
        Objects.requireNonNull(version, "version");
        Objects.requireNonNull(checksum, "checksum");
        Objects.requireNonNull(progress, "progress");
    }

    /** How far it has come; the runner knows more exactly. */
    public enum Progress {
        /** A run was cut short or is going on, forward or back: to be finished before anything else. */
        UNDERWAY,
        /** Both versions of the application work; contract is to come. */
        EXPANDED,
        /** Done, purged or not. */
        APPLIED
    }
}
