package dev.sluice.cli.lint;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code sluice lint --fix}: what is written where, and what is left alone. */
final class LintFixTest {

    @TempDir
    private Path temporary;

    private Path directory;

    @BeforeEach
    void real() throws IOException {
        directory = temporary.toRealPath();
        Files.createDirectories(directory.resolve("migrations"));
        write("20260101000000_t.sql", "CREATE TABLE t (id bigint PRIMARY KEY, a int, b int);");
    }

    @Test
    void mendsUntilNothingIsLeftThatIsShown() throws IOException {
        Path file = write("20260102000000_u.sql", """
                \uFEFF-- sluice:transaction off\r
                \r
                -- é
                CREATE INDEX ON t (a);
                DROP INDEX CONCURRENTLY x, y;
                """);

        LintRun run = LintRun.in(directory, "--fix");

        assertThat(file).content().isEqualTo("""
                \uFEFF-- sluice:transaction off\r
                \r
                -- é
                CREATE INDEX CONCURRENTLY ON t (a);
                DROP INDEX CONCURRENTLY x;
                DROP INDEX CONCURRENTLY y;
                """);
        assertThat(run.err()).contains("mended 2 findings in ");
        assertThat(run.code()).isZero();
        assertThat(LintRun.in(directory, "--fix").err()).doesNotContain("mended");
    }

    @Test
    void infosAreMendedWhereTheyAreShown() throws IOException {
        Path file = write("20260102000000_u.sql", "ALTER TABLE t ADD UNIQUE (a);\n");

        LintRun.in(directory, "--fix", "migrations/20260102000000_u.sql");
        assertThat(file).content().isEqualTo("ALTER TABLE t ADD UNIQUE (a);\n");

        LintRun.in(directory, "--fix", "--show", "info", "migrations/20260102000000_u.sql");
        assertThat(file).content().isEqualTo("""
                SET LOCAL lock_timeout = '2s';
                SET LOCAL statement_timeout = '30s';
                ALTER TABLE t ADD CONSTRAINT t_a_key UNIQUE (a);
                """);
    }

    @Test
    void whatIsAcceptedOrInABaselineStays() throws IOException {
        String accepted = "-- sluice:allow create-index-blocking reason=\"small\"\nCREATE INDEX ON t (a);\n";
        Path file = write("20260102000000_u.sql", accepted);
        LintRun.in(directory, "--fix");
        assertThat(file).content().isEqualTo(accepted);

        Path other = write("20260103000000_v.sql", "CREATE INDEX ON t (b);\n");
        LintRun.in(directory, "--write-baseline", "lint.baseline");
        LintRun.in(directory, "--fix", "--baseline", "lint.baseline");
        assertThat(other).content().isEqualTo("CREATE INDEX ON t (b);\n");
    }

    private Path write(String name, String text) throws IOException {
        Path file = directory.resolve("migrations").resolve(name);
        Files.writeString(file, text);
        return file;
    }
}
