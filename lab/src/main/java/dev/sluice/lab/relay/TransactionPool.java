package dev.sluice.lab.relay;

import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Shares server sessions as PgBouncer does in transaction mode: at the end of each transaction a client gives its session
 * back, and has another one for the next. Nothing is reset in between, and prepared statements stay with the session that
 * made them (PgBouncer before 1.21). Each login makes one more session, which stays when its client leaves. Thread-safe.
 */
public final class TransactionPool implements AutoCloseable {

    /** Cancel keys are the pool's own, as PgBouncer's are. */
    private static final int FIRST_KEY = 1_000_000_000;

    private final ServerSocket listener;
    private final int serverPort;
    private final Deque<PooledServer> idle = new ArrayDeque<>();
    private final Set<PooledServer> servers = ConcurrentHashMap.newKeySet();
    private final Set<Socket> clients = ConcurrentHashMap.newKeySet();
    private final Map<Integer, PooledClient> keys = new ConcurrentHashMap<>();
    private final AtomicInteger nextKey = new AtomicInteger(FIRST_KEY);
    private final AtomicLong handovers = new AtomicLong();
    private volatile boolean closed;

    private TransactionPool(ServerSocket listener, int serverPort) {
        this.listener = listener;
        this.serverPort = serverPort;
    }

    /** Listens on a free port of the loopback interface until it is closed. */
    public static TransactionPool to(int serverPort) throws IOException {
        TransactionPool pool =
                new TransactionPool(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()), serverPort);
        Threads.start("pool", pool::accept);
        return pool;
    }

    public int port() {
        return listener.getLocalPort();
    }

    /** How often a client has had another session than for its transaction before. */
    public long handovers() {
        return handovers.get();
    }

    @Override
    public void close() {
        closed = true;
        Threads.closeQuietly(listener);
        clients.forEach(Threads::closeQuietly);
        servers.forEach(PooledServer::close);
        synchronized (idle) {
            idle.notifyAll();
        }
    }

    Socket connect() throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), serverPort);
        socket.setTcpNoDelay(true);
        return socket;
    }

    int register(PooledClient client) {
        int key = nextKey.incrementAndGet();
        keys.put(key, client);
        return key;
    }

    void cancel(int key) throws IOException {
        PooledClient client = keys.get(key);
        if (client != null) {
            client.cancel();
        }
    }

    /** The session that has waited longest, so that hardly anybody gets back the one he had. */
    PooledServer take(PooledServer before) throws IOException {
        synchronized (idle) {
            while (idle.isEmpty() && !closed) {
                try {
                    idle.wait();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    throw new IOException("interrupted", e);
                }
            }
            if (closed) {
                throw new IOException("the pool is closed");
            }
            PooledServer taken = idle.removeFirst();
            if (taken.backend() != before.backend()) {
                handovers.incrementAndGet();
            }
            return taken;
        }
    }

    void give(PooledServer server) {
        servers.add(server);
        synchronized (idle) {
            idle.addLast(server);
            idle.notifyAll();
        }
    }

    void drop(PooledServer server) {
        servers.remove(server);
        server.close();
    }

    void left(Socket client, int key) {
        clients.remove(client);
        keys.remove(key);
    }

    private void accept() {
        while (!closed) {
            try {
                Socket socket = listener.accept();
                clients.add(socket);
                PooledClient client = new PooledClient(this, socket);
                Threads.start("pool-client", client::serve);
            } catch (IOException e) {
                if (!closed) {
                    throw new IllegalStateException("The pool cannot listen any more: " + e, e);
                }
            }
        }
    }

    /** A session of the server, logged in. */
    record PooledServer(Socket socket, DataInputStream in, int backend, int secret) {
        void close() {
            Threads.closeQuietly(socket);
        }
    }
}
