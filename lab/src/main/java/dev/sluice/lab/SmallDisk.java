package dev.sluice.lab;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A disk of some megabytes that can be full: a file system in memory, mounted in a namespace of the server's own, which needs
 * no rights and is gone with the server. Only the server sees what is on it.
 *
 * @param directory where it is mounted
 */
record SmallDisk(Path directory, int megabytes) {

    private static final List<String> NAMESPACE = List.of("unshare", "--user", "--map-root-user", "--mount");

    /** $0 = where to mount, $1 = the size; the rest = a command, which must not believe itself to be root. */
    private static final String MOUNT =
            "mount -t tmpfs -o size=$1m tmpfs \"$0\" && shift && exec unshare --user \"$@\"";

    static boolean isPossible() {
        try {
            Path directory = Files.createTempDirectory("sluice-disk");
            try {
                return Tool.run(new SmallDisk(directory, 1).command(List.of("true")))
                                .exitCode()
                        == 0;
            } finally {
                Files.delete(directory);
            }
        } catch (IOException e) {
            return false; // not installed
        }
    }

    /** The command that mounts it and runs the given one. */
    List<String> command(List<String> command) {
        List<String> all = new ArrayList<>(NAMESPACE);
        all.addAll(List.of("sh", "-c", MOUNT, directory.toString(), Integer.toString(megabytes)));
        all.addAll(command);
        return List.copyOf(all);
    }
}
