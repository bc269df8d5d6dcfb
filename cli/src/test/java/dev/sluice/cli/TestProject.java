package dev.sluice.cli;

import dev.sluice.lab.TestDatabase;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** A directory with migrations, and calls of the program in it. */
final class TestProject {

    private final Path directory;
    private final Map<String, String> environment;

    TestProject(Path directory, Map<String, String> environment) {
        this.directory = directory;
        this.environment = new HashMap<>(environment);
    }

    static TestProject of(Path directory, TestDatabase database) {
        return new TestProject(directory, Map.of("DATABASE_URL", database.url()));
    }

    /** A migration of Sluice's own layout. */
    TestProject migration(String name, String up) {
        return file("migrations/" + name + ".sql", "-- migrate:up\n" + up + "\n");
    }

    TestProject file(String name, String text) {
        try {
            Path path = directory.resolve(name);
            Files.createDirectories(path.getParent());
            Files.write(path, text.getBytes(StandardCharsets.UTF_8)); // half a surrogate becomes a question mark
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return this;
    }

    void delete(String name) {
        try {
            Files.delete(directory.resolve(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What a command came to. */
    record Said(int code, String out, String err) {
        String all() {
            return out + err;
        }
    }

    Said sluice(String... arguments) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        int code = new Cli(
                        TestSurroundings.of(directory, environment),
                        new Streams(
                                InputStream.nullInputStream(),
                                new PrintStream(out, true, StandardCharsets.UTF_8),
                                new PrintStream(err, true, StandardCharsets.UTF_8)),
                        Interruption.none())
                .run(arguments);
        return new Said(code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }
}
