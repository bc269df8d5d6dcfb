package dev.sluice.run;

import dev.sluice.plan.Plan;
import java.util.Locale;

/**
 * Where a migration stands. The states that end in {@code ING} are those in which a run can be interrupted and which the
 * same command resumes.
 */
public enum MigrationState {
    /** Never run. */
    PENDING,
    EXPANDING,
    /** Both application versions work; the new one can be deployed. */
    EXPANDED,
    CONTRACTING,
    /** Done; the archive still allows to go back. */
    APPLIED,
    PURGING,
    /** Done for good. */
    PURGED,
    REVERTING,
    /** Taken back; counts as pending. */
    REVERTED;

    /** As the journal stores it. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    static MigrationState of(String text) {
        return valueOf(text.toUpperCase(Locale.ROOT));
    }

    /** Whether {@code up} has to run this migration from its start. */
    public boolean isPending() {
        return this == PENDING || this == REVERTED;
    }

    /** Whether the database is somewhere between two schemas on behalf of this migration. */
    public boolean isOpen() {
        return switch (this) {
            case EXPANDING, EXPANDED, CONTRACTING, REVERTING -> true;
            case PENDING, APPLIED, PURGING, PURGED, REVERTED -> false;
        };
    }

    /** Whether a run stopped half-way. */
    public boolean isUnfinished() {
        return switch (this) {
            case EXPANDING, CONTRACTING, PURGING, REVERTING -> true;
            case PENDING, EXPANDED, APPLIED, PURGED, REVERTED -> false;
        };
    }

    /** The state while {@code move} runs; refuses a move that this state does not allow. */
    MigrationState begin(Move move, String version) {
        return switch (move) {
            case UP ->
                switch (this) {
                    case PENDING, REVERTED, EXPANDING -> EXPANDING;
                    case CONTRACTING -> throw refuse(move, version, "its contract is half done", "sluice contract");
                    case REVERTING -> throw refuse(move, version, "it is half taken back", "sluice down");
                    case PURGING -> throw refuse(move, version, "its purge is half done", "sluice purge");
                    case EXPANDED, APPLIED, PURGED -> throw refuse(move, version, "it is " + text(), "sluice status");
                };
            case CONTRACT ->
                switch (this) {
                    case EXPANDED, CONTRACTING -> CONTRACTING;
                    case PENDING, REVERTED -> throw refuse(move, version, "it has not been expanded", "sluice up");
                    case EXPANDING ->
                        throw refuse(move, version, "its expand phase is not finished and not verified", "sluice up");
                    case REVERTING -> throw refuse(move, version, "it is half taken back", "sluice down");
                    case APPLIED, PURGING, PURGED ->
                        throw refuse(move, version, "it is " + text() + " already", "sluice status");
                };
            case DOWN ->
                switch (this) {
                    case EXPANDING, EXPANDED, CONTRACTING, APPLIED, REVERTING -> REVERTING;
                    case PENDING, REVERTED -> throw refuse(move, version, "it is not applied", "sluice status");
                    case PURGING, PURGED ->
                        throw refuse(
                                move,
                                version,
                                "what it needs to go back was dropped by purge; restore a backup to a time before the purge"
                                        + " (sluice history shows when), or write a new migration",
                                "sluice history");
                };
            case UNCONTRACT ->
                switch (this) {
                    case CONTRACTING, APPLIED, REVERTING -> REVERTING;
                    case PENDING, REVERTED -> throw refuse(move, version, "it is not applied", "sluice status");
                    case EXPANDING -> throw refuse(move, version, "its expand phase is not finished", "sluice down");
                    case EXPANDED ->
                        throw refuse(
                                move,
                                version,
                                "it has no contract to take back: both application versions work",
                                "sluice down, when the new version runs no more");
                    case PURGING, PURGED ->
                        throw refuse(move, version, "what it needs to go back was dropped by purge", "sluice history");
                };
            case PURGE ->
                switch (this) {
                    case APPLIED, PURGING -> PURGING;
                    case PENDING, REVERTED -> throw refuse(move, version, "it is not applied", "sluice up");
                    case EXPANDING -> throw refuse(move, version, "its expand phase is not finished", "sluice up");
                    case EXPANDED, CONTRACTING ->
                        throw refuse(move, version, "its contract phase has to come first", "sluice contract");
                    case REVERTING -> throw refuse(move, version, "it is half taken back", "sluice down");
                    case PURGED -> throw refuse(move, version, "it is purged already", "sluice status");
                };
        };
    }

    /** The state after the steps of a phase have all run. */
    MigrationState finish(Plan plan) {
        return switch (this) {
            case EXPANDING -> plan.hasContract() ? EXPANDED : APPLIED;
            case CONTRACTING -> APPLIED;
            case PURGING -> PURGED;
            case REVERTING -> REVERTED;
            case PENDING, EXPANDED, APPLIED, PURGED, REVERTED ->
                throw new IllegalStateException("nothing runs in state " + this);
        };
    }

    private static IllegalMoveException refuse(Move move, String version, String reason, String next) {
        return new IllegalMoveException(move, version, reason, next);
    }

    /** What one can ask for. */
    public enum Move {
        UP,
        CONTRACT,
        DOWN,
        UNCONTRACT,
        PURGE;

        public String text() {
            return this == UNCONTRACT ? "take back the contract of" : name().toLowerCase(Locale.ROOT);
        }
    }
}
