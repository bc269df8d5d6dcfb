package dev.sluice.lifecycle;

import dev.sluice.lab.relay.Cut;
import dev.sluice.lab.relay.Relay;
import dev.sluice.lab.relay.Sent;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;

/** The server is killed at one statement of a command: before it gets it, or while it may be at work on it. */
final class ServerCrash implements Disturbance {

    private static final int LONGEST_DELAY_MICROS = 3_000;

    private final CrashingServer server;
    private final long number;
    private final boolean postmaster;
    private final Optional<Integer> delayMicros;
    private final AtomicBoolean begun = new AtomicBoolean();
    private volatile CompletableFuture<Void> crash = CompletableFuture.completedFuture(null);

    private ServerCrash(CrashingServer server, long number, boolean postmaster, Optional<Integer> delayMicros) {
        this.server = server;
        this.number = number;
        this.postmaster = postmaster;
        this.delayMicros = delayMicros;
    }

    /** Of either kind, at that statement. */
    static ServerCrash at(long number, CrashingServer server, Random random) {
        boolean postmaster = random.nextInt(3) == 0;
        Optional<Integer> delay =
                random.nextBoolean() ? Optional.of(random.nextInt(LONGEST_DELAY_MICROS)) : Optional.empty();
        return new ServerCrash(server, number, postmaster, delay);
    }

    static ServerCrash before(long number, CrashingServer server, boolean postmaster) {
        return new ServerCrash(server, number, postmaster, Optional.empty());
    }

    @Override
    public Optional<Cut> on(Sent sent) {
        if (sent.number() == number && begun.compareAndSet(false, true)) {
            if (delayMicros.isEmpty()) {
                server.crash(postmaster);
            } else {
                crash = CompletableFuture.runAsync(() -> {
                    LockSupport.parkNanos(delayMicros.get() * 1_000L);
                    server.crash(postmaster);
                });
            }
        }
        return Optional.empty();
    }

    @Override
    public boolean kills() {
        return false;
    }

    @Override
    public boolean isReached(Relay relay) {
        crash.join();
        return begun.get();
    }

    @Override
    public String toString() {
        return (postmaster ? "SIGKILL of the postmaster " : "immediate stop ")
                + delayMicros.map(d -> d + " microseconds after").orElse("before") + " statement " + number;
    }
}
