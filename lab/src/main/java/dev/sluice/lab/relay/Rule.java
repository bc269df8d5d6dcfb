package dev.sluice.lab.relay;

import java.util.Optional;

/**
 * Decides where connections are cut. Asked on the thread that carries a connection's messages: as long as it does not answer,
 * nothing more of that connection arrives, as if the client were paused. Called by several threads.
 */
public interface Rule {

    Rule NONE = new Rule() {};

    /** Before the server gets a statement. */
    default Optional<Cut> on(Sent statement) {
        return Optional.empty();
    }

    /**
     * Before the server gets a message of any kind after the login.
     *
     * @param number of all messages of all connections, counted from 1
     * @return whether to cut this connection instead of delivering the message
     */
    default boolean cutsAt(long number) {
        return false;
    }
}
