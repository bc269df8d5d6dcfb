package dev.sluice.lifecycle;

import dev.sluice.lab.relay.Cut;
import dev.sluice.lab.relay.Relay;
import dev.sluice.lab.relay.Sent;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The primary is lost at one statement of a command.
 *
 * @param behind so many statements before, the replica gets nothing any more; 0: it gets all
 */
record Failover(PrimaryAndReplica servers, long number, long behind, AtomicBoolean begun) implements Disturbance {

    static Failover at(long number, long behind, PrimaryAndReplica servers) {
        return new Failover(servers, number, behind, new AtomicBoolean());
    }

    @Override
    public Optional<Cut> on(Sent sent) {
        if (behind > 0 && sent.number() == Math.max(1, number - behind)) {
            servers.separate();
        }
        if (sent.number() == number && begun.compareAndSet(false, true)) {
            servers.lose();
        }
        return Optional.empty();
    }

    @Override
    public boolean kills() {
        return false;
    }

    @Override
    public boolean isReached(Relay relay) {
        return begun.get();
    }

    @Override
    public String toString() {
        return "failover at statement " + number + (behind > 0 ? ", the replica " + behind + " statements behind" : "");
    }
}
