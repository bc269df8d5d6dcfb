package dev.sluice.cli.command;

import dev.sluice.ExitCode;
import dev.sluice.SluiceException;
import dev.sluice.cli.lint.Baseline;
import dev.sluice.cli.lint.LintResult;
import dev.sluice.cli.lint.LintScripts;
import dev.sluice.cli.lint.Mending;
import dev.sluice.cli.lint.RulePages;
import dev.sluice.cli.lint.ScriptLinter;
import dev.sluice.cli.lsp.LintServer;
import dev.sluice.cli.render.Quantities;
import dev.sluice.lint.Finding;
import dev.sluice.lint.Observations;
import dev.sluice.lint.size.Snapshot;
import dev.sluice.parser.PgParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

/** {@code sluice lint}. */
@Command(
        name = "lint",
        description = {
            "Say which statements would hurt running traffic, without a database.",
            "",
            "Reads the migrations in their order and knows from them what tables look like. Judges locks,",
            "rewrites and scans as PostgreSQL 14 to 18 were observed to take them.",
            "A comment above a statement accepts a finding: -- sluice:allow RULE reason=\"…\" [until=yyyy-MM-dd]",
            ""
        },
        footer = {
            "",
            "Examples:",
            "  sluice lint                             the project's migrations",
            "  sluice lint db/V7__orders.sql           a file; those before it are read too",
            "  rails-sql | sluice lint -               what another tool prints",
            "  sluice lint --git-diff main             files that differ from a branch",
            "  sluice lint --sarif lint.sarif --junit lint.xml",
            "  sluice lint --explain set-not-null-scan",
            "",
            "Exit codes: 0 nothing as bad as --fail-on, 5 something is, 3 a script cannot be read."
        })
final class LintCommand implements Callable<Integer> {
    /** What holds for it holds for most. */
    private static final int OLDEST = 14;

    /** Rounds of mending: each makes room for what could not go together before. */
    private static final int ROUNDS = 8;

    private final RootCommand root;

    @Mixin
    private LintInput input = new LintInput();

    @Option(
            names = "--pg",
            order = 1,
            paramLabel = "MAJOR",
            description =
                    "Version of PostgreSQL, 14 to 18. Default: that of sluice.toml, else 14; 18 with --observe or --plan.")
    private @Nullable Integer major;

    @Mixin
    private LintReport report = new LintReport();

    @Option(names = "--fix", order = 4, description = "Mend in the files what an edit mends, and report what is left.")
    private boolean fix;

    @Option(names = "--baseline", order = 5, paramLabel = "FILE", description = "Leave out the findings in this file.")
    private @Nullable Path baseline;

    @Option(
            names = "--write-baseline",
            order = 6,
            paramLabel = "FILE",
            description = "Write all findings to this file.")
    private @Nullable Path writeBaseline;

    @Option(
            names = "--lsp",
            order = 12,
            description = "Be a language server on standard input and output, for editors.")
    private boolean languageServer;

    @Option(names = "--rules", order = 12, description = "List the rules.")
    private boolean list;

    @Option(
            names = "--explain",
            order = 13,
            paramLabel = "RULE",
            description = "What a rule is about, and what to do instead.")
    private @Nullable String explain;

    @Mixin
    private LintTrial trial = new LintTrial();

    @Mixin
    private LintDatabase database = new LintDatabase();

    LintCommand(RootCommand root) {
        this.root = root;
    }

    void addForms(CommandSpec spec) {
        report.addForms(spec);
    }

    @Override
    public Integer call() throws IOException {
        if (list) {
            root.console().out(RulePages.titles());
            return ExitCode.OK.code();
        }
        if (explain != null) {
            root.console().out(RulePages.text(explain));
            return ExitCode.OK.code();
        }
        int version = major != null ? major : trial.version().orElse(OLDEST);
        if (version < 14 || version > 18) {
            throw new SluiceException(ExitCode.USAGE, "--pg takes 14, 15, 16, 17 or 18, not " + version + ".");
        }
        report.check();
        if (languageServer) {
            return LintServer.serve(
                    root.console().in(), root.console().out(), root.surroundings(), Optional.ofNullable(major));
        }
        LintResult result = lint(version);
        report.write(root, result, trial.plans());
        return report.fails(root, result) ? ExitCode.HAZARD_BLOCKED.code() : ExitCode.OK.code();
    }

    private LintResult lint(int version) throws IOException {
        Instant start = root.surroundings().clock().instant();
        Snapshot snapshot = database.snapshot(root);
        try (PgParser parser = new PgParser()) {
            ScriptLinter linter = new ScriptLinter(
                    parser,
                    root.surroundings().directory(),
                    root.configuration().lint(),
                    version,
                    major != null || trial.version().isPresent(),
                    LocalDate.ofInstant(start, ZoneId.systemDefault()),
                    snapshot.sizes());
            String before = LintDatabase.start(snapshot, input.isWhole(root));
            List<LintScripts.Entry> entries = fix ? mended(linter, snapshot) : entries(snapshot);
            List<Finding> findings = linter.lint(before, entries, trial.observations(root, version, entries));
            if (writeBaseline != null) {
                Files.writeString(root.surroundings().directory().resolve(writeBaseline), Baseline.of(findings));
            }
            List<Finding> rest = unknown(findings);
            return new LintResult(
                    rest,
                    (int) entries.stream()
                            .filter(LintScripts.Entry::reported)
                            .map(entry -> entry.script().file())
                            .distinct()
                            .count(),
                    findings.size() - rest.size(),
                    Duration.between(start, root.surroundings().clock().instant()));
        }
    }

    private List<LintScripts.Entry> entries(Snapshot snapshot) throws IOException {
        return LintDatabase.toRead(snapshot, input.entries(root), input.isWhole(root));
    }

    /** Those that the baseline does not have. */
    private List<Finding> unknown(List<Finding> findings) {
        return baseline == null
                ? findings
                : Baseline.without(root.surroundings().directory().resolve(baseline), findings);
    }

    /** The scripts once all is mended that is shown and an edit can mend. */
    private List<LintScripts.Entry> mended(ScriptLinter linter, Snapshot snapshot) throws IOException {
        Mending mending = new Mending(root.surroundings().directory(), linter.parser(), root.console()::note);
        String before = LintDatabase.start(snapshot, input.isWhole(root));
        List<LintScripts.Entry> entries = entries(snapshot);
        for (int round = 0; round < ROUNDS; round++) {
            List<Finding> findings = unknown(linter.lint(before, entries, Observations.NONE)).stream()
                    .filter(report::shows)
                    .toList();
            if (!mending.mend(entries, findings)) {
                break;
            }
            entries = entries(snapshot);
        }
        mending.mended()
                .forEach((file, count) ->
                        root.console().note("mended " + Quantities.of(count, "finding") + " in " + file));
        if (!mending.mended().isEmpty()) {
            root.console().note("Take back what was mended in files that have run somewhere: those must not change.");
        }
        return entries;
    }
}
