package dev.sluice;

/** What a run of Sluice came to, as the exit code of its process. The numbers are a stable interface for scripts. */
public enum ExitCode {
    /** Done, and nothing is left to do. */
    OK(0),
    /** An error that has no code of its own. */
    ERROR(1),
    /** Changes are pending, or a difference was found. */
    PENDING(2),
    /** The migration files are invalid, or differ from what was applied. */
    VALIDATION(3),
    /** A lock could not be had within its budget; nothing was changed. */
    LOCK_NOT_ACQUIRED(4),
    /** A hazard forbids the run. */
    HAZARD_BLOCKED(5),
    /** Failed, but the state is safe: run again, or go back with {@code down}. */
    FAILED_SAFE(6),
    /** Failed, and an operator must look. */
    FAILED_NEEDS_OPERATOR(7),
    /** The database is not what its history says. */
    DRIFT(8),
    /** No connection, or it was lost for good. */
    CONNECTION(9),
    /** The command line or the configuration is wrong. */
    USAGE(64);

    private final int code;

    ExitCode(int code) {
        this.code = code;
    }

    /** The number given to the operating system. */
    public int code() {
        return code;
    }
}
