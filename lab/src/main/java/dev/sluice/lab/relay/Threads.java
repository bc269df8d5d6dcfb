package dev.sluice.lab.relay;

import java.io.Closeable;
import java.io.IOException;

/** Daemon threads, and closing what may be closed already. */
final class Threads {

    private Threads() {}

    static Thread start(String name, Runnable work) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    static void closeQuietly(Closeable closeable) {
        try {
            closeable.close();
        } catch (IOException e) {
            return; // closed is what it was to be
        }
    }
}
