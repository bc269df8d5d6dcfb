package dev.sluice.backfill;

/** The table got a new file since it was looked at: its block numbers mean nothing any more. */
final class RewrittenException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    RewrittenException() {
        super("rewritten", null, false, false);
    }
}
