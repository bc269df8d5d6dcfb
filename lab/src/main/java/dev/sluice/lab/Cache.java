package dev.sluice.lab;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/**
 * Directories that are expensive to make, made once and only read afterwards. Safe with several threads and processes
 * at once: one makes a directory while the others wait, and a directory appears under its name only when complete.
 */
record Cache(Path root) {

    /** Fills an empty directory. */
    interface Filling {
        void fill(Path directory) throws IOException;
    }

    /** The directory of that name, which is made first if it does not exist. */
    Path directory(String name, Filling filling) throws IOException {
        Path directory = root.resolve(name);
        if (Files.isDirectory(directory)) {
            return directory;
        }
        Files.createDirectories(root);
        // A file lock belongs to the process: threads of one process need the monitor.
        synchronized (Cache.class) {
            try (var channel = FileChannel.open(
                            root.resolve(name + ".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                    var lock = channel.lock()) {
                if (lock.isValid() && !Files.isDirectory(directory)) {
                    make(directory, filling);
                }
            }
        }
        return directory;
    }

    private void make(Path directory, Filling filling) throws IOException {
        Path unfinished = root.resolve(directory.getFileName() + ".unfinished");
        new FileTree(unfinished).delete(); // of a process that was killed here; we hold the lock
        Files.createDirectory(unfinished);
        filling.fill(unfinished);
        Files.move(unfinished, directory, StandardCopyOption.ATOMIC_MOVE);
    }
}
