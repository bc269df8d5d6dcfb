package dev.sluice.lab.relay;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** One client of a {@link Relay}, and its connection to the server. */
final class RelayedConnection {

    /** What a client may send first instead of a login (manual, "Message Formats"). */
    private static final int CANCEL = 80877102;

    private static final int SSL = 80877103;
    private static final int GSS = 80877104;

    private final Relay relay;
    private final long number;
    private final Socket client;
    private final int serverPort;
    private final Map<String, String> prepared = new HashMap<>();
    private String bound = "";
    private volatile Optional<Socket> server = Optional.empty();
    private volatile boolean cut;
    private volatile Optional<Cut.Reach> whenAnswered = Optional.empty();

    RelayedConnection(Relay relay, long number, Socket client, int serverPort) {
        this.relay = relay;
        this.number = number;
        this.client = client;
        this.serverPort = serverPort;
    }

    long number() {
        return number;
    }

    /** The server gets what it was sent, and then sees the end of the connection. */
    void cut() {
        cut = true;
        Threads.closeQuietly(client);
        server.ifPresent(socket -> {
            try {
                socket.shutdownOutput();
            } catch (IOException e) {
                Threads.closeQuietly(socket);
            }
        });
    }

    void carry() {
        try (client) {
            client.setTcpNoDelay(true);
            DataInputStream in = new DataInputStream(new BufferedInputStream(client.getInputStream()));
            Optional<Message> first = Message.readFirst(in);
            while (first.isPresent()
                    && (first.get().number() == SSL || first.get().number() == GSS)) {
                client.getOutputStream().write('N');
                first = Message.readFirst(in);
            }
            if (first.isPresent()) {
                connect(first.get(), in);
            }
        } catch (IOException e) {
            cut(); // one end is gone: so is the other
        } finally {
            relay.ended(this);
        }
    }

    private void connect(Message first, DataInputStream in) throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), serverPort);
        socket.setTcpNoDelay(true);
        server = Optional.of(socket);
        if (cut) {
            socket.close();
            return;
        }
        OutputStream out = socket.getOutputStream();
        out.write(first.bytes());
        if (first.number() == CANCEL) {
            socket.getInputStream().read(); // the server closes it when the signal is sent
            socket.close();
            return;
        }
        Threads.start("relay-" + number + "-answers", () -> answers(socket));
        for (Optional<Message> message = Message.read(in); message.isPresent(); message = Message.read(in)) {
            deliver(message.get(), out);
        }
        cut();
    }

    private void deliver(Message message, OutputStream out) throws IOException {
        if (message.type() == 'p') {
            out.write(message.bytes());
            return;
        }
        if (relay.rule().cutsAt(relay.nextMessage())) {
            cut();
        }
        Optional<Cut> decided =
                statement(message).flatMap(sql -> relay.rule().on(new Sent(relay.nextStatement(), number, sql)));
        if (decided.filter(d -> d.moment() == Cut.Moment.BEFORE).isPresent()) {
            end(decided.get().reach());
        }
        if (decided.filter(d -> d.moment() == Cut.Moment.ANSWERED).isPresent()) {
            whenAnswered = decided.map(Cut::reach);
        }
        if (cut || relay.isDead()) {
            throw new IOException("cut");
        }
        out.write(message.bytes());
        if (decided.filter(d -> d.moment() == Cut.Moment.EXECUTED).isPresent()) {
            end(decided.get().reach());
            throw new IOException("cut");
        }
    }

    private void end(Cut.Reach reach) {
        if (reach == Cut.Reach.CLIENT) {
            relay.close();
        }
        cut();
    }

    /** What the message makes the server run. */
    private Optional<String> statement(Message message) {
        switch (message.type()) {
            case 'Q' -> {
                return Optional.of(message.text(0));
            }
            case 'P' -> prepared.put(message.text(0), message.text(1));
            case 'B' -> bound = prepared.getOrDefault(message.text(1), "");
            case 'E' -> {
                return Optional.of(bound);
            }
            default -> {
                return Optional.empty();
            }
        }
        return Optional.empty();
    }

    private void answers(Socket socket) {
        try {
            DataInputStream in = new DataInputStream(new BufferedInputStream(socket.getInputStream()));
            OutputStream out = client.getOutputStream();
            for (Optional<Message> message = Message.read(in); message.isPresent(); message = Message.read(in)) {
                if (whenAnswered.isPresent()) {
                    if (message.get().type() == 'Z') {
                        end(whenAnswered.get());
                    }
                } else if (!cut) {
                    out.write(message.get().bytes());
                }
            }
        } catch (IOException e) {
            cut();
            drain(socket);
        } finally {
            cut();
            Threads.closeQuietly(socket);
        }
    }

    /** A server whose answers nobody takes would see a reset, which may overtake what it was sent last. */
    private static void drain(Socket socket) {
        try {
            socket.getInputStream().transferTo(OutputStream.nullOutputStream());
        } catch (IOException e) {
            return; // at its end
        }
    }
}
