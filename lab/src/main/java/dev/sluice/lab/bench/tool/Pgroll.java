package dev.sluice.lab.bench.tool;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * The real pgroll, with its default settings.
 *
 * @param program where it is
 * @param limit seconds that a command may take
 */
public record Pgroll(Path program, Path scratch, long limit) {
    /** How the page calls it. */
    public static final String NAME = "pgroll";

    public Pgroll {
        Objects.requireNonNull(program);
        Objects.requireNonNull(scratch);
    }

    /** Makes the tables that are there its own; not part of what is measured. */
    public void adopt(Database database) throws IOException {
        run(database, "init");
        run(
                database,
                "baseline",
                "00_before",
                Files.createTempDirectory(scratch, "pgroll-").toString(),
                "--yes");
    }

    /** @param operations JSON, the elements of the migration's list */
    public Program start(Database database, String operations) throws IOException {
        Path file = Files.createTempDirectory(scratch, "pgroll-").resolve("01_change.json");
        Files.writeString(file, "{\"operations\": [" + operations + "]}");
        return run(database, "start", file.toString());
    }

    public void complete(Database database) throws IOException {
        run(database, "complete");
    }

    private Program run(Database database, String... arguments) throws IOException {
        List<String> command =
                new ArrayList<>(List.of(program.toString(), "--postgres-url", database.url() + "?sslmode=disable"));
        command.addAll(List.of(arguments));
        return Program.run(command, Map.of(), limit).requireSuccess("pgroll " + arguments[0]);
    }
}
