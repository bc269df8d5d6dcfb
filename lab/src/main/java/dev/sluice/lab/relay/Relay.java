package dev.sluice.lab.relay;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Carries the connections of one program to its PostgreSQL server on this machine, and cuts them where a {@link Rule} says
 * so. Cut for good ({@link Cut.Reach#CLIENT}), the server sees what it would see if the program had been killed with
 * SIGKILL at that statement. Thread-safe.
 */
public final class Relay implements AutoCloseable {

    private final ServerSocket listener;
    private final Rule rule;
    private final Set<RelayedConnection> connections = ConcurrentHashMap.newKeySet();
    private final AtomicLong connected = new AtomicLong();
    private final AtomicLong statements = new AtomicLong();
    private final AtomicLong messages = new AtomicLong();
    private volatile int serverPort;
    private volatile boolean dead;

    private Relay(ServerSocket listener, int serverPort, Rule rule) {
        this.listener = listener;
        this.serverPort = serverPort;
        this.rule = requireNonNull(rule);
    }

    /** Listens on a free port of the loopback interface until it is closed. */
    public static Relay to(int serverPort, Rule rule) throws IOException {
        Relay relay = new Relay(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()), serverPort, rule);
        Threads.start("relay", relay::accept);
        return relay;
    }

    public int port() {
        return listener.getLocalPort();
    }

    /** How many statements have come. */
    public long statements() {
        return statements.get();
    }

    /** How many messages have come, those of the logins not counted. */
    public long messages() {
        return messages.get();
    }

    /** Whether a rule has cut everything for good, or {@link #close} has. */
    public boolean isDead() {
        return dead;
    }

    /** New connections go to that server; those that are there stay where they are. */
    public void redirect(int otherServerPort) {
        serverPort = otherServerPort;
    }

    /** Ends all connections; new ones can be made. */
    public void cutAll() {
        connections.forEach(RelayedConnection::cut);
    }

    /** Ends all connections for good. */
    @Override
    public void close() {
        dead = true;
        Threads.closeQuietly(listener);
        cutAll();
    }

    Rule rule() {
        return rule;
    }

    long nextStatement() {
        return statements.incrementAndGet();
    }

    long nextMessage() {
        return messages.incrementAndGet();
    }

    void ended(RelayedConnection connection) {
        connections.remove(connection);
    }

    private void accept() {
        while (!dead) {
            try {
                Socket client = listener.accept();
                RelayedConnection connection =
                        new RelayedConnection(this, connected.incrementAndGet(), client, serverPort);
                connections.add(connection);
                Threads.start("relay-" + connection.number(), connection::carry);
                if (dead) {
                    connection.cut();
                }
            } catch (IOException e) {
                if (!dead) {
                    throw new IllegalStateException("The relay cannot listen any more: " + e, e);
                }
            }
        }
    }
}
