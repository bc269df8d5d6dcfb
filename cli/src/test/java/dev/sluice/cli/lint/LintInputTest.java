package dev.sluice.cli.lint;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is read: standard input, files, what git says has changed; and where reports go. */
class LintInputTest {

    @TempDir
    private Path temporary;

    private Path directory;

    @BeforeEach
    void real() throws IOException {
        directory = temporary.toRealPath();
    }

    @Test
    void standardInputIsOneScript() {
        LintRun run = LintRun.with(directory, "CREATE INDEX ON orders (a);\n\nALTER TABEL x;", "-");
        assertThat(run.code()).isEqualTo(3);
        assertThat(run.err()).contains("<stdin>:3:7: syntax error at or near \"TABEL\"");

        run = LintRun.with(directory, "-- é\nCREATE INDEX ON orders (a);\n", "-", "--format", "json");
        assertThat(run.code()).isEqualTo(5);
        assertThat(run.out()).contains("\"file\": \"<stdin>\"").contains("\"line\": 2");
        assertThat(LintRun.with(directory, "", "-").code()).isZero();
    }

    @Test
    void aFileKnowsWhatItsDirectoryHasBeforeItAndLeavesOtherDirectoriesAlone() throws IOException {
        write("db/20260101000000_t.sql", "CREATE TABLE t (a varchar(5));");
        write("db/20260102000000_u.sql", "ALTER TABLE t ALTER a TYPE text;");
        write("db/deep/er/broken_20260103000000.sql", "no SQL; and none of its business");

        LintRun run = LintRun.in(directory, "db/20260102000000_u.sql");

        assertThat(run.out()).contains("1 file: 0 errors, 0 warnings");
        assertThat(run.code()).isZero();
    }

    @Test
    void gitSaysWhatHasChanged() throws Exception {
        git("init", "-q", "-b", "main");
        write("migrations/20260101000000_old.sql", "CREATE TABLE t (a int PRIMARY KEY);");
        write("migrations/20260102000000_bad.sql", "ALTER TABLE t ALTER a TYPE bigint;");
        git("add", ".");
        git("commit", "-qm", "first");
        git("checkout", "-qb", "work");
        write("migrations/20260103000000_committed.sql", "CREATE INDEX ON t (a);");
        git("add", ".");
        git("commit", "-qm", "second");
        write("migrations/20260104000000_un known ü.sql", "ALTER TABLE t RENAME TO u;");

        LintRun run = LintRun.in(directory, "--git-diff", "main");

        assertThat(run.out())
                .contains("20260103000000_committed.sql:1:17: error [create-index-blocking]")
                .contains("20260104000000_un known ü.sql")
                .doesNotContain("_bad.sql");
        assertThat(run.out()).contains("2 files:");
        assertThat(LintRun.in(directory, "--git-diff", "no-such-branch").code()).isEqualTo(64);
    }

    @Test
    void aNewMigrationBeforeOneThatTheBaseHasIsLate() throws Exception {
        git("init", "-q", "-b", "main");
        write("migrations/20260101000000_old.sql", "CREATE TABLE t (a bigint PRIMARY KEY);");
        git("add", ".");
        git("commit", "-qm", "first");
        git("checkout", "-qb", "work");
        write("migrations/20260102000000_mine.sql", "CREATE TABLE u (a bigint PRIMARY KEY);");
        write("migrations/20260109000000_later.sql", "CREATE TABLE v (a bigint PRIMARY KEY);");
        assertThat(LintRun.in(directory, "--git-diff", "main").out()).doesNotContain("non-linear-history");

        git("checkout", "-q", "main");
        Files.delete(directory.resolve("migrations/20260102000000_mine.sql"));
        Files.delete(directory.resolve("migrations/20260109000000_later.sql"));
        write("migrations/20260105000000_theirs.sql", "CREATE TABLE w (a bigint PRIMARY KEY);");
        git("add", ".");
        git("commit", "-qm", "second");
        git("checkout", "-q", "work");
        write("migrations/20260102000000_mine.sql", "CREATE TABLE u (a bigint PRIMARY KEY);");
        write("migrations/20260109000000_later.sql", "CREATE TABLE v (a bigint PRIMARY KEY);");

        assertThat(LintRun.in(directory, "--git-diff", "main").out())
                .contains("20260102000000_mine.sql:1:1: warning [non-linear-history]")
                .doesNotContain("later.sql");
        git("merge", "-q", "main");
        assertThat(LintRun.in(directory, "--git-diff", "main").out())
                .contains("20260102000000_mine.sql:1:1: warning [non-linear-history]")
                .doesNotContain("theirs.sql");
    }

    @Test
    void aWayBackIsJudgedAfterItsMigration() throws IOException {
        write("db/1_t.up.sql", "CREATE TABLE t (a bigint PRIMARY KEY, b int);");
        write("db/1_t.down.sql", "DROP TABLE t;");
        write("db/2_u.up.sql", "ALTER TABLE t ADD COLUMN c int;");
        write("db/2_u.down.sql", "ALTER TABLE t DROP COLUMN c, ALTER COLUMN b TYPE bigint;");

        LintRun all = LintRun.in(directory, "db");
        LintRun one = LintRun.in(directory, "db/2_u.down.sql");

        assertThat(all.out())
                .contains("db/2_u.down.sql:1:43: warning [rollback-unsafe] on the way back")
                .contains("(change-type-rewrite)")
                .contains("4 files: 0 errors, 1 warning");
        assertThat(one.out()).contains("rollback-unsafe").contains("1 file: 0 errors, 1 warning");
        assertThat(LintRun.in(directory, "db/2_u.up.sql").out()).contains("1 file: 0 errors, 0 warnings");
    }

    @Test
    void gitDiffWorksFromADirectoryBelowTheTop() throws Exception {
        git("init", "-q", "-b", "main");
        write("app/migrations/20260101000000_old.sql", "CREATE TABLE t (a int PRIMARY KEY);");
        git("add", ".");
        git("commit", "-qm", "first");
        write("app/migrations/20260103000000_new.sql", "CREATE INDEX ON t (a);");

        assertThat(LintRun.in(directory.resolve("app"), "--git-diff", "HEAD").out())
                .contains("create-index-blocking")
                .contains("1 file:");
    }

    @Test
    void reportsGoToTheirFiles() throws IOException {
        write("migrations/20260101000000_a.sql", "CREATE INDEX ON t (a);");

        LintRun run = LintRun.in(
                directory,
                "--sarif",
                "a.sarif",
                "--junit",
                "a.xml",
                "--gitlab",
                "a.json",
                "--markdown",
                "a.md",
                "--github");

        assertThat(run.code()).isEqualTo(5);
        assertThat(run.out()).startsWith("::");
        assertThat(directory.resolve("a.sarif")).content().contains("\"version\": \"2.1.0\"");
        assertThat(directory.resolve("a.xml")).content().contains("<testsuite");
        assertThat(directory.resolve("a.json")).content().contains("\"check_name\": \"create-index-blocking\"");
        assertThat(directory.resolve("a.md")).content().startsWith("### sluice lint");
    }

    @Test
    void aReportThatCannotBeWrittenIsNoSuccess() throws IOException {
        write("migrations/20260101000000_a.sql", "SELECT 1;");

        LintRun run = LintRun.in(directory, "--sarif", "nowhere/a.sarif");

        assertThat(run.code()).isNotZero();
        assertThat(run.err()).contains("nowhere/a.sarif");
    }

    private void write(String file, String text) throws IOException {
        Path path = directory.resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, text);
    }

    private void git(String... arguments) throws Exception {
        List<String> command = new ArrayList<>(
                List.of("git", "-c", "user.name=a", "-c", "user.email=a@b", "-c", "commit.gpgsign=false"));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
    }
}
