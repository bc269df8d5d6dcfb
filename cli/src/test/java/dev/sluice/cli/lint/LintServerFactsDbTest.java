package dev.sluice.cli.lint;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.sluice.cli.Cli;
import dev.sluice.cli.Interruption;
import dev.sluice.cli.Streams;
import dev.sluice.cli.TestSurroundings;
import dev.sluice.lab.PostgresExtension;
import dev.sluice.lab.TestDatabase;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** {@code sluice lint} with what a server knows: sizes of a database, and plans made on a private one. */
@ExtendWith(PostgresExtension.class)
class LintServerFactsDbTest {

    private static final String TABLE = "CREATE TABLE users (id bigint PRIMARY KEY, last text);";
    private static final String SECOND = "migrations/20260102000000_family.sql";

    @TempDir
    Path directory;

    @BeforeEach
    void migrations() throws IOException {
        Files.createDirectories(directory.resolve("migrations"));
        file("migrations/20260101000000_users.sql", "-- migrate:up\n" + TABLE + "\n");
        file(SECOND, "-- migrate:up\nALTER TABLE users ALTER COLUMN last SET NOT NULL;\n");
    }

    @Test
    void aScanOfAFewRowsIsAnInfoOnceTheSizeIsKnown(TestDatabase mine) throws Exception {
        mine.execute(TABLE + "INSERT INTO users SELECT i, 'Smith' FROM generate_series(1, 50) i; ANALYZE users");

        LintRun stats = stats(mine);
        file("stats.json", stats.out());
        LintRun blind = LintRun.in(directory, "--format", "json");
        LintRun told = LintRun.in(directory, "--format", "json", "--stats", "stats.json");
        LintRun asked = LintRun.in(directory, "--format", "json", "--url", mine.url());

        assertThat(stats.code()).as(stats.err()).isZero();
        assertThat(blind.code()).isEqualTo(5);
        assertThat(scan(blind).get("severity").getAsString()).isEqualTo("error");
        assertThat(told.code()).as(told.out() + told.err()).isZero();
        assertThat(scan(told).get("severity").getAsString()).isEqualTo("info");
        assertThat(rows(told)).isEqualTo(50);
        assertThat(asked.code()).as(asked.err()).isZero();
        assertThat(scan(asked).get("severity")).isEqualTo(scan(told).get("severity"));
        assertThat(rows(asked)).isEqualTo(50);
    }

    @Test
    void theSchemaOfADatabaseIsKnownInPlaceOfTheScriptsBefore(TestDatabase mine) throws Exception {
        mine.execute("CREATE TABLE people (id bigint PRIMARY KEY, code varchar(5), note varchar(5) NOT NULL)");
        file("stats.json", stats(mine).out());
        String change =
                "ALTER TABLE people ALTER code TYPE varchar(9); ALTER TABLE people ALTER note TYPE int USING note::int;";
        file("migrations/20260103000000_people.sql", change);

        LintRun blind = LintRun.with(directory, change, "-", "--format", "json");
        LintRun asked = LintRun.with(directory, change, "-", "--format", "json", "--url", mine.url());
        LintRun told = LintRun.in(
                directory, "migrations/20260103000000_people.sql", "--format", "json", "--stats", "stats.json");

        assertThat(rewritten(blind)).as("of unknown type").containsExactlyInAnyOrder("people.code", "people.note");
        assertThat(rewritten(asked)).containsExactly("people.note");
        assertThat(rewritten(told)).containsExactly("people.note");
    }

    /** Columns whose type is found to be changed by rewriting the table, or may be. */
    private static List<String> rewritten(LintRun run) {
        List<String> columns = new ArrayList<>();
        for (JsonElement each :
                JsonParser.parseString(run.out()).getAsJsonObject().getAsJsonArray("findings")) {
            if (each.getAsJsonObject().get("rule").getAsString().equals("change-type-rewrite")) {
                columns.add(
                        each.getAsJsonObject().get("message").getAsString().replaceAll(".*?(people\\.\\w+).*", "$1"));
            }
        }
        return columns;
    }

    @Test
    void aPlanIsShownForWhatIsFound() throws IOException {
        file(SECOND, "-- migrate:up\nALTER TABLE users RENAME COLUMN last TO family;\n");

        LintRun run = LintRun.in(directory, "--format", "json", "--plan", "--rows", "20");

        assertThat(run.code()).as(run.err()).isEqualTo(5);
        JsonArray plans = JsonParser.parseString(run.out()).getAsJsonObject().getAsJsonArray("plans");
        assertThat(plans).hasSize(1);
        JsonObject plan = plans.get(0).getAsJsonObject();
        assertThat(plan.get("file").getAsString()).endsWith("_family.sql");
        assertThat(plan.getAsJsonObject("plan").toString()).contains("family").contains("expand");
    }

    private static long rows(LintRun run) {
        return scan(run).getAsJsonObject("size").get("rows").getAsLong();
    }

    private static JsonObject scan(LintRun run) {
        for (JsonElement each :
                JsonParser.parseString(run.out()).getAsJsonObject().getAsJsonArray("findings")) {
            if (each.getAsJsonObject().get("rule").getAsString().equals("set-not-null-scan")) {
                return each.getAsJsonObject();
            }
        }
        throw new AssertionError("no set-not-null-scan in " + run.out());
    }

    private LintRun stats(TestDatabase database) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Streams streams = new Streams(
                InputStream.nullInputStream(),
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8));
        int code = new Cli(TestSurroundings.of(directory, Map.of()), streams, Interruption.none())
                .run("stats", "--url", database.url());
        return new LintRun(code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    private void file(String name, String text) throws IOException {
        Files.writeString(directory.resolve(name), text);
    }
}
