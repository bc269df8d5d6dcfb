package dev.sluice.cli;

import dev.sluice.lab.PostgresExtension;
import dev.sluice.lab.TestDatabase;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Sessions with a real server. */
@ExtendWith(PostgresExtension.class)
class TranscriptDbTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "first-migration",
                "two-phases",
                "wrong-password",
                "mistakes",
                "refused",
                "no-rights",
                "kept",
                "speed"
            })
    void saysWhatTheTranscriptSays(String name, TestDatabase database, @TempDir Path directory) throws Exception {
        String file = "transcripts/" + name + ".txt";
        String script = Files.readString(Path.of("src/test/resources", file));
        Transcript transcript = new Transcript(
                directory.toRealPath(),
                Map.of(
                        "PGHOST", "127.0.0.1",
                        "PGPORT", Integer.toString(database.server().port()),
                        "PGUSER", "postgres",
                        "PGPASSWORD", database.server().password(),
                        "PGDATABASE", database.name()),
                database::execute,
                text -> masked(text, database));
        Golden.check(file, transcript.play(script));
    }

    private static String masked(String text, TestDatabase database) {
        return text.replace(":" + database.server().port(), ":5432")
                .replace("'" + database.name() + "'", "'app'")
                .replace("DATABASE " + database.name(), "DATABASE app")
                // what is refused, and why, is tested with the operations; here it is how refusals are shown
                .replaceAll("(?m)^  (why|do):  .*(\\n        .*)*", "  $1:  …")
                .replaceAll("refused \\[[a-z-]+\\]", "refused [hazard]")
                .replaceAll("\"(hazard|reason|advice)\": \".*\"", "\"$1\": \"…\"")
                .replace("createdb " + database.name(), "createdb app")
                .replaceAll("\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\dZ", "2026-01-31 12:00:00Z")
                .replaceAll("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d+)?Z", "2026-01-31T12:00:00Z")
                .replaceAll("\\b\\d+(\\.\\d+)? (ms|s)\\b", "5 ms")
                // whether a lock could be had at once depends on what else the machine does
                .replaceAll(", lock held 5 ms( after 5 ms( and \\d+ retr(y|ies))?)?", "")
                .replaceAll("  (longest )?lock 5 ms( \\(estimated 5 ms\\))?", "")
                .replaceAll("sluice_kept_\\d+", "sluice_kept_16400")
                .replaceAll("\\b\\d+ steps? in", "3 steps in")
                .replaceAll("stepsRun\": \\d+", "stepsRun\": 3")
                .replaceAll("Ms\": \\d+", "Ms\": 5")
                .replaceAll("PostgreSQL \\d+\\.\\d+, schema [0-9a-f]+", "PostgreSQL 18.4, schema 0123456789ab");
    }
}
