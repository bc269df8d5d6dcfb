package dev.sluice.lab;

import dev.sluice.ExitCode;
import dev.sluice.SluiceException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * As whom the server runs. PostgreSQL refuses to run as root, as which many containers run; then it runs in a user
 * namespace of its own, where the same user is not root, or, where the container forbids that, as nobody.
 */
enum ServerAccount {
    /** As the user that runs us. */
    SELF(),
    /** In a new user namespace: the files stay ours, and the server believes itself to be nobody. */
    NAMESPACE("unshare", "--user"),
    /** As nobody, who must then own the server's files. */
    NOBODY("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups");

    private static final int NOBODYS_ID = 65534;

    private final List<String> prefix;

    ServerAccount(String... prefix) {
        this.prefix = List.of(prefix);
    }

    /** Finds out what this machine permits. */
    static ServerAccount detect() throws IOException {
        if (!isRoot()) {
            // PostgreSQL wants a name for the user too, which some containers do not give it; Java then says "?".
            return System.getProperty("user.name", "?").equals("?") && NAMESPACE.works() ? NAMESPACE : SELF;
        }
        for (ServerAccount account : List.of(NAMESPACE, NOBODY)) {
            if (account.works()) {
                return account;
            }
        }
        throw new SluiceException(
                ExitCode.ERROR,
                "PostgreSQL refuses to run as root, and this machine permits neither `unshare --user` nor `setpriv`. "
                        + "Run as an ordinary user.");
    }

    /** The command that runs the given one under this account. */
    List<String> command(List<String> command) {
        var all = new ArrayList<>(prefix);
        all.addAll(command);
        return List.copyOf(all);
    }

    /** Lets this account write the directory and all below it. */
    void own(Path directory) throws IOException {
        if (this == NOBODY) {
            new FileTree(directory).giveTo(NOBODYS_ID, NOBODYS_ID);
        }
    }

    /** Where things are kept between runs: a directory this account can reach. */
    Cache cache() throws IOException {
        if (this == NOBODY) {
            // root's home is closed to others; here another user could have put something before us
            Path directory = Files.createDirectories(Path.of("/var/tmp/sluice-cache"));
            if (!Integer.valueOf(0).equals(Files.getAttribute(directory, "unix:uid", LinkOption.NOFOLLOW_LINKS))) {
                throw new SluiceException(
                        ExitCode.ERROR, directory + " belongs to another user. Remove it, or run as an ordinary user.");
            }
            return new Cache(directory);
        }
        String configured = System.getenv("XDG_CACHE_HOME");
        Path caches = configured == null || configured.isBlank()
                ? Path.of(System.getProperty("user.home"), ".cache")
                : Path.of(configured);
        return new Cache(caches.resolve("sluice"));
    }

    private boolean works() throws IOException {
        try {
            return Tool.run(command(List.of("true"))).exitCode() == 0;
        } catch (IOException e) {
            return false; // not installed
        }
    }

    private static boolean isRoot() throws IOException {
        Path mine = Files.createTempFile("sluice", null);
        try {
            return Integer.valueOf(0).equals(Files.getAttribute(mine, "unix:uid"));
        } finally {
            Files.delete(mine);
        }
    }
}
