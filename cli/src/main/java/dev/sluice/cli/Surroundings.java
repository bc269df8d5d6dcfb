package dev.sluice.cli;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;

/**
 * What a process knows about where it runs; passed in, so that tests can choose it.
 *
 * @param directory what relative paths are relative to
 * @param home the user's home directory
 * @param userName the operating system's name of the user
 * @param inTerminal whether a person can answer questions on standard input
 * @param outTerminal whether standard output is a terminal
 * @param errTerminal whether standard error is a terminal
 */
public record Surroundings(
        Map<String, String> environment,
        Path directory,
        Path home,
        String userName,
        boolean inTerminal,
        boolean outTerminal,
        boolean errTerminal,
        InstantSource clock) {

    public Surroundings {
        environment = Map.copyOf(environment);
        requireNonNull(directory, "directory");
        requireNonNull(home, "home");
        requireNonNull(userName, "userName");
        requireNonNull(clock, "clock");
    }

    /** Those of this process. */
    public static Surroundings ofProcess() {
        return new Surroundings(
                System.getenv(),
                Path.of("").toAbsolutePath(),
                Path.of(System.getProperty("user.home", "")),
                System.getProperty("user.name", ""),
                isTerminal(0),
                isTerminal(1),
                isTerminal(2),
                InstantSource.system());
    }

    /** The variable's value; a variable that is set to nothing counts as not set. */
    public Optional<String> variable(String name) {
        return Optional.ofNullable(environment.get(name)).filter(value -> !value.isEmpty());
    }

    /**
     * The JDK can only say whether both ends are a terminal, and on newer versions not even that ({@code
     * System.console()} is never null there). Where the system shows what a descriptor is, look there.
     */
    private static boolean isTerminal(int descriptor) {
        Path link = Path.of("/proc/self/fd/" + descriptor);
        try {
            String file = Files.readSymbolicLink(link).toString();
            return file.startsWith("/dev/pts/") || file.startsWith("/dev/tty") || file.equals("/dev/console");
        } catch (IOException | UnsupportedOperationException e) {
            return System.console() != null && Runtime.version().feature() < 22;
        }
    }
}
