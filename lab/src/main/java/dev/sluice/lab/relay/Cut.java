package dev.sluice.lab.relay;

import static java.util.Objects.requireNonNull;

/** Where a connection ends, and what ends with it. */
public record Cut(Moment moment, Reach reach) {

    public Cut {
        requireNonNull(moment);
        requireNonNull(reach);
    }

    /** Relative to one statement. */
    public enum Moment {
        /** The server never gets it. */
        BEFORE,
        /** The server runs it, and the connection ends before the message that would end its implicit transaction. */
        EXECUTED,
        /** The server has done it and has answered; the answer does not arrive. */
        ANSWERED
    }

    /** What is cut. */
    public enum Reach {
        /** The one connection; the client may make another. */
        CONNECTION,
        /** All connections, for good, as if the client's process had been killed. */
        CLIENT
    }
}
