package dev.sluice.cli.lint;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The scripts of {@code integrations/}, run by the shell on a repository with a branch that adds a migration. */
class IntegrationsTest {

    private static final Path INTEGRATIONS = Path.of("..", "integrations").toAbsolutePath();

    private static final String GOOD = "CREATE TABLE t (id bigint PRIMARY KEY, a bigint);\n";
    private static final String BAD = "CREATE INDEX i ON t (a);\n";

    @TempDir
    private Path temporary;

    private Path repository;
    private Path bin;

    private record Ran(int code, String output) {}

    @BeforeEach
    void aRepository() throws Exception {
        repository = Files.createDirectory(temporary.toRealPath().resolve("shop"));
        bin = Files.createDirectory(temporary.resolve("bin"));
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        program(
                "sluice",
                "exec '" + java + "' -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -cp '"
                        + System.getProperty("java.class.path") + "' dev.sluice.cli.Main \"$@\"");
        assertThat(run("git", "init", "-q", "-b", "main").code()).isZero();
        commit("migrations/20260101000000_t.sql", GOOD);
        assertThat(run("git", "checkout", "-qb", "work").code()).isZero();
    }

    @Test
    void theStepOfTheGitHubAction() throws Exception {
        commit("migrations/20260102000000_i.sql", BAD);
        Map<String, String> environment = Map.of("LINT_BASE", "main", "LINT_OUT", temporary.toString());

        Ran ran =
                run(environment, "bash", INTEGRATIONS.resolve("github/lint.sh").toString());

        assertThat(ran.output())
                .contains("::error file=migrations/20260102000000_i.sql,line=1")
                .contains("create-index-blocking");
        assertThat(ran.code()).isEqualTo(5);
        assertThat(repository.resolve("sluice.sarif")).content().contains("\"ruleId\": \"create-index-blocking\"");
        assertThat(temporary.resolve("sluice-comment.md")).content().contains("create-index-blocking");

        Ran allowed = run(
                Map.of("LINT_FAIL_ON", "never", "LINT_PATHS", "migrations", "LINT_OUT", temporary.toString()),
                "bash",
                INTEGRATIONS.resolve("github/lint.sh").toString());
        assertThat(allowed.code()).as(allowed.output()).isZero();
    }

    /** What the script reads, the action has to give it. */
    @Test
    void theGitHubActionGivesItsStepsWhatTheyRead() throws IOException {
        String action = Files.readString(INTEGRATIONS.resolve("github/action.yml"));
        for (String script : List.of("lint.sh", "comment.sh")) {
            assertThat(action).contains("bash \"$GITHUB_ACTION_PATH/" + script + '"');
            Matcher read = Pattern.compile("\\b(LINT_[A-Z_]+|SLUICE|PULL_REQUEST)\\b")
                    .matcher(Files.readString(INTEGRATIONS.resolve("github/" + script)));
            while (read.find()) {
                assertThat(action).contains(" " + read.group(1) + ": ");
            }
        }
    }

    /** GitHub's own program is not here: another one says what it was asked for. */
    @Test
    void theCommentIsWrittenOnceAndThenWrittenOver() throws Exception {
        Files.writeString(temporary.resolve("sluice-comment.md"), "### findings\n");
        Map<String, String> environment =
                Map.of("LINT_OUT", temporary.toString(), "GITHUB_REPOSITORY", "shop/shop", "PULL_REQUEST", "7");
        String comment = INTEGRATIONS.resolve("github/comment.sh").toString();

        program("gh", "[[ $* == *--jq* ]] || echo \"$*\"");
        assertThat(run(environment, "bash", comment).output())
                .startsWith(
                        "api --silent repos/shop/shop/issues/7/comments -f body=<!-- sluice lint -->\n### findings");
        // More than a pipe holds: whoever reads only the first line ends the program with SIGPIPE.
        program("gh", "if [[ $* == *--jq* ]]; then echo 42; seq 100000; else echo \"$*\"; fi");
        assertThat(run(environment, "bash", comment).output())
                .startsWith("api --silent --method PATCH repos/shop/shop/issues/comments/42 -f body=");
    }

    @Test
    void theScriptOfTheGitLabJob() throws Exception {
        commit("migrations/20260102000000_i.sql", BAD);
        String job = Files.readString(INTEGRATIONS.resolve("gitlab/sluice-lint.yml"));
        String script = job.substring(job.indexOf("- >-") + 4, job.indexOf("  artifacts:"))
                .replaceAll("\\s*\n\\s*", " ");

        Ran ran = run(
                Map.of("LINT_PG", "14", "LINT_FAIL_ON", "error", "CI_MERGE_REQUEST_DIFF_BASE_SHA", "main"),
                "bash",
                "-c",
                script);

        assertThat(ran.code()).as(ran.output()).isEqualTo(5);
        assertThat(repository.resolve("gl-code-quality-report.json")).content().contains("create-index-blocking");
        assertThat(repository.resolve("sluice.xml")).content().contains("<testsuite");
    }

    @Test
    void theHookOfGitStopsACommit() throws Exception {
        Path hook = Files.createSymbolicLink(
                repository.resolve(".git/hooks/pre-commit"), INTEGRATIONS.resolve("pre-commit/lint-staged.sh"));
        write("notes.txt", "no migration");
        assertThat(add().code()).isZero();

        write("migrations/20260102000000_i.sql", BAD);
        Ran refused = add();
        assertThat(refused.code()).isNotZero();
        assertThat(refused.output()).contains("create-index-blocking");

        write(
                "migrations/20260102000000_i.sql",
                "-- sluice:transaction off\n\nCREATE INDEX CONCURRENTLY i ON t (a);\n");
        assertThat(add().code()).isZero();
        Files.delete(hook); // it leads out of the directory that the test clears away
    }

    /** pre-commit runs the entry with the names of the files that its pattern takes. */
    @Test
    void theEntryOfPreCommit() throws Exception {
        String hooks = Files.readString(INTEGRATIONS.resolve("pre-commit/pre-commit-hooks.yaml"));
        String entry = hooks.replaceAll("(?s).*\n  entry: ([^\n]*)\n.*", "$1");
        String files = hooks.replaceAll("(?s).*\n  files: ([^\n]*)\n.*", "$1");
        write("migrations/20260102000000_i.sql", BAD);

        assertThat(Pattern.compile(files).matcher("db/migrations/a/1.sql").find())
                .isTrue();
        assertThat(Pattern.compile(files).matcher("src/query.sql").find()).isFalse();
        List<String> command = new ArrayList<>(Arrays.asList(entry.split(" ")));
        command.set(0, bin.resolve(command.get(0)).toString());
        command.add("migrations/20260102000000_i.sql");
        assertThat(run(command.toArray(String[]::new)).code()).isEqualTo(5);
    }

    private Ran add() throws Exception {
        run("git", "add", ".");
        return run("git", "commit", "-qm", "more");
    }

    private void commit(String file, String text) throws Exception {
        write(file, text);
        assertThat(add().code()).isZero();
    }

    private void write(String file, String text) throws IOException {
        Path path = repository.resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, text);
    }

    private void program(String name, String body) throws IOException {
        Path program = Files.writeString(bin.resolve(name), "#!/usr/bin/env bash\n" + body + "\n");
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private Ran run(String... command) throws Exception {
        return run(Map.of(), command);
    }

    private Ran run(Map<String, String> environment, String... command) throws Exception {
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(repository.toFile()).redirectErrorStream(true);
        builder.environment().keySet().removeIf(name -> name.startsWith("GIT_") || name.startsWith("SLUICE"));
        builder.environment().merge("PATH", bin.toString(), (path, mine) -> mine + ":" + path);
        for (String who : List.of("AUTHOR", "COMMITTER")) {
            builder.environment().put("GIT_" + who + "_NAME", "test");
            builder.environment().put("GIT_" + who + "_EMAIL", "test@example.org");
        }
        builder.environment().putAll(environment);
        Process process = builder.start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Ran(process.waitFor(), output);
    }
}
