package dev.sluice.lab.relay;

import static java.util.Objects.requireNonNull;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * One message of the protocol.
 *
 * @param type its first byte; 0 for the first message of a client, which has none
 * @param bytes as they were sent, type and length included; not to be changed
 */
record Message(char type, byte[] bytes) {

    private static final int LONGEST = 256 * 1024 * 1024;

    Message {
        requireNonNull(bytes);
    }

    /** Empty when the sender has ended the connection. */
    static Optional<Message> read(DataInputStream in) throws IOException {
        int type = in.read();
        if (type < 0) {
            return Optional.empty();
        }
        return rest((char) type, in, 1);
    }

    /** The first message of a client. */
    static Optional<Message> readFirst(DataInputStream in) throws IOException {
        return rest((char) 0, in, 0);
    }

    static Message of(char type, byte[] body) {
        return new Message(
                type,
                ByteBuffer.allocate(5 + body.length)
                        .put((byte) type)
                        .putInt(4 + body.length)
                        .put(body)
                        .array());
    }

    private static Optional<Message> rest(char type, DataInputStream in, int head) throws IOException {
        try {
            int length = in.readInt();
            if (length < 4 || length > LONGEST) {
                throw new IOException("not a message of the protocol: length " + length);
            }
            byte[] bytes = new byte[head + length];
            ByteBuffer start = ByteBuffer.wrap(bytes);
            if (head == 1) {
                start.put((byte) type);
            }
            start.putInt(length);
            in.readFully(bytes, head + 4, length - 4);
            return Optional.of(new Message(type, bytes));
        } catch (EOFException e) {
            return Optional.empty();
        }
    }

    /** The number at the start of the body: of a client's first message the protocol or request, of others what they begin with. */
    int number() {
        return ByteBuffer.wrap(bytes).getInt(bodyStart());
    }

    /** The zero-terminated text in the body that follows {@code before} other such texts. */
    String text(int before) {
        int from = bodyStart();
        for (int i = 0; i <= before; i++) {
            int to = from;
            while (to < bytes.length && bytes[to] != 0) {
                to++;
            }
            if (i == before) {
                return new String(bytes, from, to - from, StandardCharsets.UTF_8);
            }
            from = to + 1;
        }
        throw new IllegalStateException("unreachable");
    }

    private int bodyStart() {
        return type == 0 ? 4 : 5;
    }
}
