package dev.sluice.cli.lint;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code [lint]} of sluice.toml. */
class LintSettingsTest {

    @TempDir
    private Path directory;

    @BeforeEach
    void migrations() throws IOException {
        write("migrations/V1__t.sql", "CREATE TABLE t (id bigint PRIMARY KEY);");
        write("migrations/old/V2__index.sql", "CREATE INDEX i ON t (id);");
        write("migrations/V3__index.sql", "CREATE INDEX j ON t (id);");
    }

    @Test
    void laterAndFlagsCount() throws IOException {
        write("sluice.toml", """
                [lint]
                rules = { create-index-blocking = "warning" }
                fail_on = "warning"
                [[lint.paths]]
                files = ["**/old/**"]
                fail_on = "never"
                rules = { create-index-blocking = "off" }
                """);
        LintRun run = LintRun.in(directory);
        assertThat(run.out())
                .contains("V3__index.sql:1:19: warning [create-index-blocking]")
                .doesNotContain("V2__index.sql:1:19");
        assertThat(run.code()).isEqualTo(5);
        assertThat(LintRun.in(directory, "--fail-on", "error").code()).isZero();
        assertThat(LintRun.in(directory, "migrations/old/V2__index.sql").code()).isZero();
    }

    @Test
    void theVersionIsThatOfTheFile() throws IOException {
        write("migrations/V4__n.sql", "ALTER TABLE t ADD CONSTRAINT n NOT NULL id NOT VALID;");
        write("migrations/V5__p.sql", "CREATE TABLE p (id int REFERENCES t) PARTITION BY RANGE (id);");
        String sql = "ALTER TABLE p ADD CONSTRAINT f FOREIGN KEY (id) REFERENCES t NOT VALID;";
        write("migrations/V6__f.sql", sql);
        assertThat(LintRun.in(directory).out()).contains("V6__f.sql:1:19: error [add-fk-not-valid-partitioned]");
        write("sluice.toml", "[[lint.paths]]\nfiles = [\"migrations/V6*\"]\npg = 18\n");
        assertThat(LintRun.in(directory).out()).doesNotContain("add-fk-not-valid-partitioned");
        assertThat(LintRun.in(directory, "--pg", "17").out()).contains("add-fk-not-valid-partitioned");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            quoteCharacter = '`',
            value = {
                "[lint]\\nfail = 1 ~ 'lint.fail' is not known",
                "[lint]\\npg = 13 ~ 'lint.pg' takes 14, 15, 16, 17 or 18",
                "[lint]\\nfail_on = \"off\" ~ 'lint.fail_on' takes error, warning, info or never",
                "[lint.rules]\\nvarchar-m = \"off\" ~ did you mean varchar-n?",
                "[lint.rules]\\nvarchar-n = \"never\" ~ 'lint.rules.varchar-n' takes error, warning, info or off",
                "[[lint.paths]]\\npg = 14 ~ 'lint.paths' needs files",
                "lint = 5 ~ 'lint' takes a table"
            })
    void whatIsNotKnownIsAnError(String toml, String message) throws IOException {
        write("sluice.toml", toml.replace("\\n", "\n"));
        LintRun run = LintRun.in(directory);
        assertThat(run.err()).contains(message.replace("~", ""));
        assertThat(run.code()).isEqualTo(64);
    }

    private void write(String file, String text) throws IOException {
        Path path = directory.resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, text);
    }
}
