package dev.sluice.corpus;

import dev.sluice.lab.TestDatabase;
import dev.sluice.migration.Migration;
import dev.sluice.migration.MigrationDirectory;
import dev.sluice.migration.MigrationGraph;
import dev.sluice.migration.TransactionMode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/** One project's migrations, in order. */
record Corpus(String name, List<Migration> migrations) {

    Corpus {
        migrations = List.copyOf(migrations);
    }

    static Corpus read(Path directory) {
        List<Migration> migrations =
                new MigrationDirectory(directory).read().requireValid().migrations();
        return new Corpus(
                directory.getFileName().toString(),
                MigrationGraph.of(migrations).order());
    }

    /** The projects in a directory. */
    static List<Corpus> readAll(Path parent) throws IOException {
        try (Stream<Path> projects = Files.list(parent)) {
            return projects.filter(Files::isDirectory)
                    .sorted()
                    .map(Corpus::read)
                    .toList();
        }
    }

    /** A project whose files stand in one resource, each after a line {@code --- path}. */
    static Corpus unpack(String resource, Path directory) throws IOException {
        Path project = Files.createDirectories(directory.resolve(resource.replace(".txt", "")));
        try (InputStream in = Corpus.class.getResourceAsStream("/corpus/" + resource)) {
            String all = new String(Objects.requireNonNull(in, resource).readAllBytes(), StandardCharsets.UTF_8);
            for (String part : all.split("(?m)^--- ")) {
                if (!part.isBlank()) {
                    int end = part.indexOf('\n');
                    Path file = project.resolve(part.substring(0, end));
                    Files.createDirectories(file.getParent());
                    Files.writeString(file, part.substring(end + 1));
                }
            }
        }
        return read(project);
    }

    /** Its files as their authors run them: the driver's work, without any part of Sluice's. */
    void runPlainly(TestDatabase database) throws SQLException {
        for (Migration migration : migrations) {
            boolean transaction = migration.up().transaction() != TransactionMode.OFF;
            String sql = migration.up().sql();
            try (Connection connection = database.connect();
                    var statement = connection.createStatement()) {
                for (String part : transaction ? List.of(sql) : List.of(sql.split(";\\s*\n"))) {
                    if (!part.isBlank()) {
                        statement.execute(part);
                    }
                }
            } catch (SQLException e) {
                throw new SQLException(migration.file() + ": " + e.getMessage(), e);
            }
        }
    }

    @Override
    public String toString() {
        return name;
    }
}
