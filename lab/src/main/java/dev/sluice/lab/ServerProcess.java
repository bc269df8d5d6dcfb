package dev.sluice.lab;

import dev.sluice.ExitCode;
import dev.sluice.SluiceException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * A running postmaster, under the eyes of a small shell script that holds a pipe to us: when we die, however
 * abruptly, the pipe closes, and the script stops the server and deletes its files. No shutdown hook could do that
 * after {@code kill -9}.
 */
final class ServerProcess {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** $1 = the directory to delete when we are gone; the rest = the server's command. Reads signal names. */
    private static final String WATCHDOG = """
            trap '' INT HUP TERM
            directory=$1
            shift
            exec 3<&0
            "$@" </dev/null 3<&- &
            server=$!
            {
                while read -r signal; do kill -"$signal" "$server"; done
                : >"$directory/orphaned"
                kill -QUIT "$server"
            } <&3 2>/dev/null &
            reader=$!
            exec 3<&-
            wait "$server"
            code=$?
            if [ -e "$directory/orphaned" ]; then rm -rf -- "$directory"; else kill -KILL "$reader"; fi
            exit "$code"
            """;

    private final Process watchdog;

    private ServerProcess(Process watchdog) {
        this.watchdog = watchdog;
    }

    /**
     * Starts the server and returns when it takes connections.
     *
     * @param directory holds {@code data} and {@code log}
     * @throws StartFailed if it ends, or does not get ready within a minute
     */
    static ServerProcess start(Path directory, List<String> server) throws IOException, StartFailed {
        // A leftover of a crash would say "ready" of the server before.
        Files.deleteIfExists(directory.resolve("data/postmaster.pid"));
        Path log = directory.resolve("log");
        var command = new ArrayList<>(List.of("sh", "-c", WATCHDOG, "sluice-postgres", directory.toString()));
        command.addAll(server);
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        Tool.clean(builder);
        var process = new ServerProcess(builder.start());
        process.awaitReady(directory);
        return process;
    }

    boolean isRunning() {
        return watchdog.isAlive();
    }

    /** Stops in an orderly way, ending all sessions ("fast shutdown"). */
    void stop() throws IOException {
        signal("INT");
    }

    /** Stops as a crash would, without a checkpoint ("immediate shutdown"): the next start recovers from the log. */
    void stopImmediately() throws IOException {
        signal("QUIT");
    }

    /**
     * As {@code kill -9} on the server's main process. Its children notice by themselves; a new server must not start before
     * the last one is gone, because they still share its memory.
     */
    void kill(Path directory) throws IOException {
        long postmaster = Long.parseLong(
                Files.readAllLines(directory.resolve("data/postmaster.pid")).get(0));
        List<ProcessHandle> children = ProcessHandle.of(postmaster).stream()
                .flatMap(ProcessHandle::children)
                .toList();
        signal("KILL");
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        for (ProcessHandle child : children) {
            while (isRunning(child)) {
                if (System.nanoTime() > deadline) {
                    throw new SluiceException(
                            ExitCode.ERROR,
                            "PostgreSQL's process " + child.pid() + " outlived its postmaster by "
                                    + PATIENCE.toSeconds() + " s.");
                }
                LockSupport.parkNanos(Duration.ofMillis(2).toNanos());
            }
        }
    }

    /** A process that has ended and that nobody has waited for yet runs no more. */
    private static boolean isRunning(ProcessHandle process) throws IOException {
        Path state = Path.of("/proc", Long.toString(process.pid()), "stat");
        try {
            return process.isAlive()
                    && !(Files.exists(state) && Files.readString(state).contains(") Z "));
        } catch (NoSuchFileException e) {
            return false;
        }
    }

    private void signal(String name) throws IOException {
        if (!watchdog.isAlive()) {
            return;
        }
        var pipe = watchdog.getOutputStream();
        try {
            pipe.write((name + "\n").getBytes(StandardCharsets.US_ASCII));
            pipe.flush();
        } catch (IOException e) {
            if (watchdog.isAlive()) { // else it ended by itself, which is what was asked for
                throw e;
            }
        }
        try {
            if (!watchdog.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                throw new SluiceException(
                        ExitCode.ERROR, "PostgreSQL did not stop within " + PATIENCE.toSeconds() + " s.");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SluiceException(ExitCode.ERROR, "Interrupted while PostgreSQL was stopping.", e);
        }
    }

    private void awaitReady(Path directory) throws IOException, StartFailed {
        Path state = directory.resolve("data/postmaster.pid");
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!isReady(state)) {
            if (!watchdog.isAlive()) {
                throw new StartFailed("it ended with code " + watchdog.exitValue(), directory);
            }
            if (System.nanoTime() > deadline || Thread.currentThread().isInterrupted()) {
                var failure = new StartFailed("it was not ready after " + PATIENCE.toSeconds() + " s", directory);
                stopImmediately();
                throw failure;
            }
            LockSupport.parkNanos(Duration.ofMillis(2).toNanos());
        }
    }

    /** The postmaster writes its state to line 8 of its lock file (PostgreSQL's miscadmin.h, LOCK_FILE_LINE_PM_STATUS). */
    private static boolean isReady(Path state) throws IOException {
        try {
            List<String> lines = Files.readAllLines(state);
            return lines.size() >= 8 && lines.get(7).startsWith("ready");
        } catch (NoSuchFileException e) {
            return false;
        }
    }

    /** The server did not come up; the message quotes the end of its log. */
    static final class StartFailed extends Exception {
        private static final long serialVersionUID = 1L;
        private static final int LINES = 20;

        private final boolean portTaken;

        StartFailed(String why, Path directory) throws IOException {
            this(why, lastLines(directory.resolve("log")));
        }

        private StartFailed(String why, String log) {
            super("PostgreSQL did not come up: " + why + ". The end of its log:\n" + log);
            this.portTaken = log.contains("Address already in use");
        }

        boolean isPortTaken() {
            return portTaken;
        }

        private static String lastLines(Path log) throws IOException {
            List<String> lines = Files.readAllLines(log);
            return String.join("\n", lines.subList(Math.max(0, lines.size() - LINES), lines.size()));
        }
    }
}
