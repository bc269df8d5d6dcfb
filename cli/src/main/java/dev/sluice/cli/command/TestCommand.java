package dev.sluice.cli.command;

import dev.sluice.ExitCode;
import dev.sluice.SluiceException;
import dev.sluice.cli.Console;
import dev.sluice.cli.render.Json;
import dev.sluice.cli.render.ProofText;
import dev.sluice.cli.settings.Configuration;
import dev.sluice.cli.settings.Setting;
import dev.sluice.db.DatabaseException;
import dev.sluice.db.Session;
import dev.sluice.lab.EmbeddedPostgres;
import dev.sluice.lab.PostgresVersion;
import dev.sluice.lab.proof.MigrationResult;
import dev.sluice.lab.proof.Proof;
import dev.sluice.lab.proof.ProofDatabases;
import dev.sluice.lab.proof.ProofListener;
import dev.sluice.lab.proof.ProofOptions;
import dev.sluice.lab.proof.ProofReport;
import dev.sluice.lab.proof.ProofStage;
import dev.sluice.lab.proof.Verdict;
import dev.sluice.lab.proof.report.HtmlReport;
import dev.sluice.lab.proof.report.JunitXml;
import dev.sluice.lab.proof.report.ReportJson;
import dev.sluice.lab.proof.shapes.ApplicationScript;
import dev.sluice.lab.proof.shapes.ApplicationsStage;
import dev.sluice.lab.proof.shapes.ShapesStage;
import dev.sluice.migration.Migration;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code sluice test}. */
@Command(
        name = "test",
        description = {
            "Prove the migrations on a private PostgreSQL with made-up rows.",
            "",
            "No database of yours is touched.",
            "For each migration: the plain script on one copy, the plan on another; schema and all rows compared",
            "after up, contract and purge; the way back from every state; locks compared with those announced.",
            ""
        },
        footer = {
            "",
            "Examples:",
            "  sluice test                             all migrations, a thousand rows a table",
            "  sluice test --from 20260131120000       this one and those after it",
            "  sluice test --only 20260131120000       this one",
            "  sluice test --pg 15 --rows 20000        on another PostgreSQL, with more rows",
            "  sluice test --junit test.xml --html test.html",
            "",
            "Exit codes: 0 all is proven, 1 a script fails, 2 something is wrong, 5 something is refused."
        })
final class TestCommand implements Callable<Integer> {
    private final RootCommand root;

    @Option(
            names = "--from",
            order = 1,
            paramLabel = "VERSION",
            description = "Prove this migration and those after it.")
    private @Nullable String from;

    @Option(names = "--only", order = 2, paramLabel = "VERSION", description = "Prove this migration.")
    private @Nullable String only;

    @Option(
            names = "--pg",
            order = 3,
            paramLabel = "MAJOR",
            description = "Major version of PostgreSQL, 14 to 18. Default: that of the database of --url, else 18.")
    private @Nullable Integer major;

    @Mixin
    private MadeUpRows rows = new MadeUpRows();

    @Option(
            names = "--states",
            order = 6,
            paramLabel = "N",
            defaultValue = "" + ProofOptions.DEFAULT_STATES,
            description = "How many states within each phase to go back from. Default: 3.")
    private int states;

    @Option(
            names = "--statements",
            order = 6,
            paramLabel = "N",
            defaultValue = "" + ShapesStage.DEFAULT_STATEMENTS,
            description = "Random statements of each application version in each state; 0 for none. Default: 4.")
    private int statements;

    @Option(
            names = "--old-app",
            order = 12,
            paramLabel = "FILE",
            description = "Statements of the old application version, to run at every step.")
    private @Nullable Path oldApplication;

    @Option(names = "--new-app", order = 13, paramLabel = "FILE", description = "The same of the new version.")
    private @Nullable Path newApplication;

    @Option(
            names = "--jobs",
            order = 7,
            paramLabel = "N",
            description = "How many migrations to prove at once. Default: one per processor.")
    private @Nullable Integer jobs;

    @Option(names = "--junit", order = 8, paramLabel = "FILE", description = "Write JUnit XML there.")
    private @Nullable Path junit;

    @Option(
            names = "--dump",
            order = 10,
            paramLabel = "FILE",
            description = "Start from this pg_dump (plain format), which has everything before --from.")
    private @Nullable Path dump;

    @Option(
            names = "--sample",
            order = 11,
            description =
                    "Start --from with some rows of the database of --url, which is only read; texts are replaced.")
    private boolean sample;

    @Option(names = "--html", order = 9, paramLabel = "FILE", description = "Write a report for people there.")
    private @Nullable Path html;

    TestCommand(RootCommand root) {
        this.root = root;
    }

    @Override
    public Integer call() {
        Project project = root.project();
        List<Migration> migrations = project.inOrder(project.files());
        ProofOptions options = options(project, migrations);
        PostgresVersion version = version();
        try (EmbeddedPostgres server = ProofDatabases.server(version);
                ProofDatabases databases = new ProofDatabases(server, version, "proof_")) {
            Proof proof = new Proof(
                    databases,
                    rows.source(),
                    options,
                    new Progress(root.console(), root.surroundings().errTerminal()));
            ProofReport report = run(proof, new ProofStart(databases), migrations, options);
            write(junit, JunitXml.of(report));
            write(html, HtmlReport.of(report));
            show(report);
            return report.exitCode().code();
        }
    }

    /** As asked for, else that of the database that is meant; one that only the environment names need not be there. */
    private PostgresVersion version() {
        if (major != null) {
            return PostgresVersion.ofMajor(major);
        }
        Optional<Configuration.Value> url = root.configuration().given(Setting.URL);
        if (url.isEmpty() && !sample) {
            return PostgresVersion.newest();
        }
        boolean wanted =
                sample || url.map(u -> u.origin().equals(Setting.URL.flag())).orElse(false);
        try (Session session = Session.open(root.connector(), "test")) {
            return supported(session.serverVersion() / 10_000);
        } catch (DatabaseException e) {
            if (wanted) {
                throw e;
            }
            root.console()
                    .note("The database of "
                            + url.map(Configuration.Value::origin).orElse("the settings")
                            + " does not answer: proving on " + PostgresVersion.newest() + ".");
            return PostgresVersion.newest();
        }
    }

    private static PostgresVersion supported(int target) {
        try {
            return PostgresVersion.ofMajor(target);
        } catch (SluiceException e) {
            throw new SluiceException(
                    ExitCode.USAGE, "The database runs " + e.getMessage() + "\nNext: name a version with --pg.", e);
        }
    }

    private ProofReport run(Proof proof, ProofStart start, List<Migration> migrations, ProofOptions options) {
        if (dump == null && !sample) {
            return proof.run(migrations);
        }
        String first = options.from()
                .orElseThrow(() -> new SluiceException(
                        ExitCode.USAGE,
                        "--dump and --sample start at one migration.\nNext: name it with --from VERSION."));
        List<Migration> before = migrations.stream()
                .takeWhile(migration -> !migration.version().equals(first))
                .toList();
        List<Migration> rest = migrations.subList(before.size(), migrations.size());
        if (dump != null) {
            return proof.run(rest, start.dump(root.surroundings().directory().resolve(dump)));
        }
        return proof.run(rest, start.sample(before, root.connector(), rows.number(), rows.seed()));
    }

    private void show(ProofReport report) {
        Console console = root.console();
        if (console.isJson()) {
            console.result(Json.pretty(ReportJson.of(report)));
        } else {
            console.out(new ProofText(console.look().out()).render(report));
        }
    }

    private ProofOptions options(Project project, List<Migration> migrations) {
        if (rows.number() < 0 || states < 0 || jobs != null && jobs < 1) {
            throw new SluiceException(
                    ExitCode.USAGE,
                    "--rows and --states are at least 0, --jobs at least 1.\nNext: give other numbers.");
        }
        ProofOptions options = ProofOptions.defaults()
                .withRows(rows.number())
                .withSeed(rows.seed())
                .withStates(states)
                .withStages(stages());
        if (from != null) {
            options = options.withFrom(project.named(from, migrations).version());
        }
        if (only != null) {
            options = options.withOnly(project.named(only, migrations).version());
        }
        return jobs == null ? options : options.withJobs(jobs);
    }

    /** What is proven besides the end, the way back and the facts. */
    private List<ProofStage> stages() {
        List<ProofStage> stages = new ArrayList<>();
        if (statements > 0) {
            stages.add(new ShapesStage(statements));
        }
        if (oldApplication != null || newApplication != null) {
            stages.add(new ApplicationsStage(script(oldApplication), script(newApplication)));
        }
        return stages;
    }

    private Optional<ApplicationScript> script(@Nullable Path file) {
        return Optional.ofNullable(file)
                .map(path ->
                        ApplicationScript.read(root.surroundings().directory().resolve(path)));
    }

    private void write(@Nullable Path file, String text) {
        if (file == null) {
            return;
        }
        Path path = root.surroundings().directory().resolve(file);
        try {
            Files.writeString(path, text);
        } catch (IOException e) {
            throw new SluiceException(ExitCode.ERROR, "Cannot write " + path + ": " + e, e);
        }
    }

    /** A line that is drawn anew on a terminal, and stays when there is something to read; else one line each. */
    private static final class Progress implements ProofListener {
        private final Console console;
        private final boolean live;
        private final ProofText text;
        private int all;
        private int done;

        Progress(Console console, boolean terminal) {
            this.console = console;
            this.live = terminal && !console.isQuiet();
            this.text = new ProofText(console.look().err());
        }

        @Override
        public void begins(int migrations) {
            all = migrations;
            console.note("Proving " + migrations + (migrations == 1 ? " migration" : " migrations") + " …");
        }

        @Override
        public void done(MigrationResult result) {
            done++;
            String line = done + "/" + all + " " + text.line(result);
            if (!live) {
                console.note(line);
                return;
            }
            console.draw("\r\u001b[K" + line + (result.verdict() == Verdict.PROVEN && done < all ? "" : "\n"));
        }
    }
}
