package dev.sluice.lab.proof;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import dev.sluice.ExitCode;
import dev.sluice.lab.PostgresExtension;
import dev.sluice.lab.PostgresVersion;
import dev.sluice.lab.TestDatabases;
import dev.sluice.lab.proof.report.HtmlReport;
import dev.sluice.lab.proof.report.JunitXml;
import dev.sluice.lab.proof.report.ReportJson;
import dev.sluice.lab.rows.SampleRows;
import dev.sluice.migration.Migration;
import dev.sluice.migration.MigrationDirectory;
import dev.sluice.migration.MigrationGraph;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.xml.sax.InputSource;

/** A whole directory of migrations. */
@ExtendWith(PostgresExtension.class)
final class ProofDbTest {
    @TempDir
    Path directory;

    private ProofDatabases databases;

    @BeforeEach
    void server(TestDatabases tests) throws SQLException {
        PostgresVersion version = tests.create().version();
        databases = new ProofDatabases(tests.server(version), version, "proof_" + System.nanoTime() + "_");
    }

    @AfterEach
    void close() {
        databases.close();
    }

    @Test
    void everyKindOfResultIsReported() throws Exception {
        migration("20260101000001_tables", "CREATE TABLE users (id bigserial PRIMARY KEY, name text, born date);");
        migration("20260101000002_refused", "ALTER TABLE users ADD EXCLUDE (name WITH =);");
        migration("20260101000003_fails", "ALTER TABLE missing ADD COLUMN a int;");
        migration("20260101000004_column", "ALTER TABLE users ADD COLUMN colour text;");

        ProofReport report = prove(ProofOptions.defaults().withRows(20).withStates(0));

        assertThat(report.migrations())
                .extracting(MigrationResult::verdict)
                .containsExactly(Verdict.PROVEN, Verdict.REFUSED, Verdict.UNPROVEN, Verdict.PROVEN);
        assertThat(report.exitCode()).isEqualTo(ExitCode.ERROR);
        JsonObject json = ReportJson.of(report);
        assertThat(json.get("migrations").getAsInt()).isEqualTo(4);
        assertThat(json.get("planned").getAsInt()).isEqualTo(2);
        assertThat(json.get("equal").getAsInt()).isEqualTo(2);
        assertThat(json.getAsJsonArray("refused")
                        .get(0)
                        .getAsJsonObject()
                        .get("version")
                        .getAsString())
                .isEqualTo("20260101000002");
        assertThat(json.getAsJsonArray("different")).isEmpty();
        String xml = JunitXml.of(report);
        var document =
                DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(new InputSource(new StringReader(xml)));
        assertThat(document.getElementsByTagName("failure").getLength()).isEqualTo(2);
        assertThat(HtmlReport.of(report)).contains("20260101000004 column").doesNotContain("http", "<script");
    }

    /** Moments and chance: no two runs agree on them. */
    @Test
    void valuesThatNobodyCanForetellAreComparedByKind() throws Exception {
        migration("20260101000001_tables", "CREATE TABLE users (id int PRIMARY KEY, name text NOT NULL);");
        migration(
                "20260101000002_volatile",
                "ALTER TABLE users ADD COLUMN seen timestamptz DEFAULT now();\nUPDATE users SET name = name || random();");

        ProofReport report =
                prove(ProofOptions.defaults().withRows(200).withStates(0).withOnly("20260101000002"));

        assertThat(report.migrations()).singleElement().satisfies(result -> {
            assertThat(result.stage(Aspect.ORACLE).findings()).isEmpty();
            assertThat(result.stage(Aspect.ORACLE).checked()).isEqualTo(1);
        });
    }

    @Test
    void rowsOnWhichTheScriptFailsMakeTheRunStopAndThenMakeWay() throws Exception {
        migration("20260101000001_tables", "CREATE TABLE users (id int PRIMARY KEY, name text, shoe int);");
        migration(
                "20260101000002_unique",
                "ALTER TABLE users ALTER COLUMN name SET NOT NULL;\nALTER TABLE users ADD UNIQUE (shoe);");
        RowSource source = (session, catalog, tables) -> session.execute(
                "INSERT INTO users SELECT g, CASE WHEN g % 5 > 0 THEN 'n' END, g / 2 FROM generate_series(1, 100) g");

        ProofReport report = new Proof(
                        databases,
                        source,
                        ProofOptions.defaults().withOnly("20260101000002").withStates(0),
                        ProofListener.silent())
                .run(migrations());

        assertThat(report.migrations()).singleElement().satisfies(result -> {
            assertThat(result.findings()).isEmpty();
            assertThat(result.notes()).anyMatch(note -> note.contains("the rows in the way were deleted"));
            assertThat(result.stage(Aspect.ORACLE).checked()).isEqualTo(3);
        });
    }

    /** By a statement on rows without a key, and by a foreign key with an action. */
    @Test
    void rowsThatThePlanCannotBringBackAreToldOf() throws Exception {
        migration("20260101000001_tables", """
                CREATE TABLE log (a int, b text);
                CREATE TABLE boards (id int PRIMARY KEY);
                CREATE TABLE items (id int PRIMARY KEY, board int NOT NULL REFERENCES boards ON DELETE CASCADE);
                """);
        migration("20260101000002_keyless", """
                ALTER TABLE log ADD COLUMN c text;
                UPDATE log SET c = upper(b);
                UPDATE log SET a = a + 1;
                DELETE FROM log WHERE a > 50;
                """);
        migration("20260101000003_cascade", """
                ALTER TABLE boards ADD COLUMN title text;
                DELETE FROM boards WHERE id % 2 = 0;
                """);
        RowSource source = (session, catalog, tables) -> {
            if (tables.stream().anyMatch(table -> table.name().equals("log"))) {
                session.execute("INSERT INTO log SELECT g, 'n' || chr(10) || g FROM generate_series(1, 100) g");
                session.execute("INSERT INTO boards SELECT generate_series(1, 20)");
                session.execute("INSERT INTO items SELECT g, 1 + g % 20 FROM generate_series(1, 100) g");
            }
        };

        ProofReport report = new Proof(
                        databases, source, ProofOptions.defaults().withStates(3), ProofListener.silent())
                .run(migrations());

        assertThat(report.migrations()).allSatisfy(result -> {
            assertThat(result.findings()).isEmpty();
            assertThat(result.verdict()).isEqualTo(Verdict.PROVEN);
        });
        assertThat(report.migrations().get(1).notes())
                .containsExactly(
                        "no exact way back: what this statement does cannot be taken back: public.log has no key");
        assertThat(report.migrations().get(2).notes())
                .containsExactly("no exact way back: what this statement does to rows of public.items through"
                        + " items_board_fkey (ON DELETE CASCADE) cannot be taken back");
        assertThat(report.migrations()).extracting(MigrationResult::wayBack).containsExactly(true, false, false);
    }

    private ProofReport prove(ProofOptions options) {
        RowSource source =
                (session, catalog, tables) -> SampleRows.fill(session, catalog, tables, options.rows(), options.seed());
        return new Proof(databases, source, options.withJobs(2), ProofListener.silent()).run(migrations());
    }

    private List<Migration> migrations() {
        return MigrationGraph.of(new MigrationDirectory(directory)
                        .read("native")
                        .requireValid()
                        .migrations())
                .order();
    }

    private void migration(String name, String sql) throws IOException {
        Files.writeString(directory.resolve(name + ".sql"), "-- migrate:up\n" + sql + "\n");
    }
}
