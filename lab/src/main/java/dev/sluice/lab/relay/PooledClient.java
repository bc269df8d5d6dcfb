package dev.sluice.lab.relay;

import dev.sluice.lab.relay.TransactionPool.PooledServer;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * One client of a {@link TransactionPool}. It asks and waits in turn, as drivers do: what it has sent up to a Query or Sync
 * is answered before it sends more.
 */
final class PooledClient {

    private static final int CANCEL = 80877102;
    private static final int SSL = 80877103;
    private static final int GSS = 80877104;

    private final TransactionPool pool;
    private final Socket socket;
    private int key;
    private volatile Optional<PooledServer> current = Optional.empty();

    PooledClient(TransactionPool pool, Socket socket) {
        this.pool = pool;
        this.socket = socket;
    }

    void serve() {
        try (socket) {
            socket.setTcpNoDelay(true);
            DataInputStream in = new DataInputStream(new BufferedInputStream(socket.getInputStream()));
            OutputStream out = socket.getOutputStream();
            Optional<Message> first = Message.readFirst(in);
            while (first.isPresent()
                    && (first.get().number() == SSL || first.get().number() == GSS)) {
                out.write('N');
                first = Message.readFirst(in);
            }
            if (first.isEmpty()) {
                return;
            }
            if (first.get().number() == CANCEL) {
                pool.cancel(ByteBuffer.wrap(first.get().bytes()).getInt(8));
                return;
            }
            PooledServer own = login(first.get(), in, out);
            pool.give(own);
            work(own, in, out);
        } catch (IOException e) {
            return; // one end is gone; the other one is closed below
        } finally {
            current.ifPresent(pool::drop); // in the middle of a transaction
            pool.left(socket, key);
        }
    }

    /** Sends a cancel request to whatever session this client has now. */
    void cancel() throws IOException {
        Optional<PooledServer> running = current;
        if (running.isPresent()) {
            try (Socket request = pool.connect()) {
                request.getOutputStream()
                        .write(ByteBuffer.allocate(16)
                                .putInt(16)
                                .putInt(CANCEL)
                                .putInt(running.get().backend())
                                .putInt(running.get().secret())
                                .array());
                request.getInputStream().read();
            }
        }
    }

    /** The client logs in itself, into a session that belongs to the pool from then on. */
    private PooledServer login(Message first, DataInputStream in, OutputStream out) throws IOException {
        Socket server = pool.connect();
        DataInputStream answers = new DataInputStream(new BufferedInputStream(server.getInputStream()));
        server.getOutputStream().write(first.bytes());
        int backend = 0;
        int secret = 0;
        while (true) {
            Message answer = Message.read(answers).orElseThrow(() -> new IOException("refused"));
            if (answer.type() == 'K') {
                backend = answer.number();
                secret = ByteBuffer.wrap(answer.bytes()).getInt(9);
                key = pool.register(this);
                out.write(Message.of(
                                'K',
                                ByteBuffer.allocate(8)
                                        .putInt(key)
                                        .putInt(secret)
                                        .array())
                        .bytes());
                continue;
            }
            out.write(answer.bytes());
            if (answer.type() == 'Z') {
                return new PooledServer(server, answers, backend, secret);
            }
            // of the authentication requests, these two are the end and the word before it: nothing is to be sent
            if (answer.type() == 'R' && answer.number() != 0 && answer.number() != 12) {
                server.getOutputStream()
                        .write(Message.read(in)
                                .orElseThrow(() -> new IOException("left"))
                                .bytes());
            }
        }
    }

    private void work(PooledServer own, DataInputStream in, OutputStream out) throws IOException {
        PooledServer before = own;
        for (Optional<Message> message = Message.read(in);
                message.isPresent() && message.get().type() != 'X';
                message = Message.read(in)) {
            if (current.isEmpty()) {
                current = Optional.of(pool.take(before));
            }
            PooledServer server = current.get();
            before = server;
            server.socket().getOutputStream().write(message.get().bytes());
            if (message.get().type() == 'Q' || message.get().type() == 'S') {
                answer(server, out);
            }
        }
    }

    /** Passes on what the server says, until it wants to hear more; without a transaction, the session is given back. */
    private void answer(PooledServer server, OutputStream out) throws IOException {
        while (true) {
            Message answer = Message.read(server.in()).orElseThrow(() -> new IOException("the server has ended"));
            boolean ready = answer.type() == 'Z';
            if (ready && answer.bytes()[5] == 'I') {
                current = Optional.empty();
                pool.give(server);
            }
            out.write(answer.bytes());
            if (ready) {
                return;
            }
        }
    }
}
