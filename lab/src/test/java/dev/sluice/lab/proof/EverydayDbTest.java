package dev.sluice.lab.proof;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.ExitCode;
import dev.sluice.lab.PostgresExtension;
import dev.sluice.lab.PostgresVersion;
import dev.sluice.lab.TestDatabases;
import dev.sluice.lab.proof.shapes.ShapesStage;
import dev.sluice.lab.rows.SampleRows;
import dev.sluice.migration.MigrationDirectory;
import dev.sluice.migration.MigrationGraph;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Small migrations such as every project has: all of them are proven, whole lives, facts and shapes. */
@ExtendWith(PostgresExtension.class)
final class EverydayDbTest {

    private static final String[] SCRIPTS = {
        """
        CREATE TABLE boards (id int PRIMARY KEY, title text NOT NULL, made timestamptz NOT NULL DEFAULT now());
        CREATE TABLE users (id bigserial PRIMARY KEY, first text NOT NULL, last text, email varchar(120));
        """,
        "CREATE TABLE items (id int PRIMARY KEY, board int REFERENCES boards, name text);",
        "ALTER TABLE boards ADD COLUMN code uuid DEFAULT gen_random_uuid(), ADD COLUMN number bigserial;",
        """
        ALTER TABLE users ADD COLUMN full_name text;
        UPDATE users SET full_name = concat(first, ' ', last);
        """,
        "ALTER TABLE items ALTER COLUMN board TYPE bigint, ALTER COLUMN name TYPE text;",
        """
        CREATE TABLE shares (board int PRIMARY KEY REFERENCES boards, title text);
        INSERT INTO shares SELECT id, title FROM boards WHERE id % 2 = 0;
        """,
        """
        ALTER TABLE boards ALTER COLUMN title SET DEFAULT 'none';
        ALTER TABLE boards RENAME TO walls;
        """
    };

    @TempDir
    Path directory;

    @Test
    void everydayMigrationsAreProven(TestDatabases tests) throws Exception {
        for (int i = 0; i < SCRIPTS.length; i++) {
            migration("2026010100000" + i, SCRIPTS[i]);
        }
        PostgresVersion version = tests.create().version();
        ProofOptions options = ProofOptions.defaults()
                .withRows(100)
                .withStates(1)
                .withStages(List.of(new ShapesStage(ShapesStage.DEFAULT_STATEMENTS)));
        RowSource rows =
                (session, catalog, tables) -> SampleRows.fill(session, catalog, tables, options.rows(), options.seed());

        try (ProofDatabases databases =
                new ProofDatabases(tests.server(version), version, "everyday_" + System.nanoTime() + "_")) {
            ProofReport report = new Proof(databases, rows, options.withJobs(2), ProofListener.silent())
                    .run(MigrationGraph.of(new MigrationDirectory(directory)
                                    .read("native")
                                    .requireValid()
                                    .migrations())
                            .order());

            assertThat(report.migrations()).allSatisfy(result -> {
                assertThat(result.refusals()).as(result.version()).isEmpty();
                assertThat(result.findings()).as(result.version()).isEmpty();
            });
            assertThat(report.exitCode()).isEqualTo(ExitCode.OK);
        }
    }

    private void migration(String version, String sql) throws IOException {
        Files.writeString(directory.resolve(version + "_change.sql"), "-- migrate:up\n" + sql + "\n");
    }
}
