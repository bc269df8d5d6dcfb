package dev.sluice.migration;

import java.util.List;
import java.util.Objects;

/**
 * A comment that starts the up or the down section of a file.
 *
 * @param up whether it is the up section
 * @param transaction what the marker says about a transaction
 */
record SectionMarker(Comment comment, boolean up, TransactionMode transaction) {
    SectionMarker {
        Objects.requireNonNull(comment, "comment");
        Objects.requireNonNull(transaction, "transaction");
    }

    /** The markers a file has, in their order, and the place of everything that cannot be one. */
    interface Syntax {
        /** How the markers are written, for messages: the up marker. */
        String up();

        /** How the markers are written, for messages: the down marker. */
        String down();

        /** Finds the markers; what looks like one and is none becomes a problem. */
        List<SectionMarker> markers(ScannedScript scanned, Collected out);
    }
}
