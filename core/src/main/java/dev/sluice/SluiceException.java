package dev.sluice;

import java.util.Objects;

/**
 * Root of everything Sluice throws on purpose. The message is written for the person who has to act: what failed,
 * where (file:line:column when there is one), why, and the next action.
 */
public class SluiceException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final ExitCode exitCode;

    public SluiceException(ExitCode exitCode, String message) {
        super(Objects.requireNonNull(message, "message"));
        this.exitCode = Objects.requireNonNull(exitCode, "exitCode");
    }

    public SluiceException(ExitCode exitCode, String message, Throwable cause) {
        super(Objects.requireNonNull(message, "message"), Objects.requireNonNull(cause, "cause"));
        this.exitCode = Objects.requireNonNull(exitCode, "exitCode");
    }

    /** What the process should exit with when nobody handles this. */
    public ExitCode exitCode() {
        return exitCode;
    }
}
