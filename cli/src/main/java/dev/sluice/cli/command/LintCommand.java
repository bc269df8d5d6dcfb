package dev.sluice.cli.command;

import dev.sluice.ExitCode;
import dev.sluice.SluiceException;
import dev.sluice.cli.Console;
import dev.sluice.cli.lint.Baseline;
import dev.sluice.cli.lint.Fixes;
import dev.sluice.cli.lint.GitChanges;
import dev.sluice.cli.lint.LintForm;
import dev.sluice.cli.lint.LintJson;
import dev.sluice.cli.lint.LintMarkup;
import dev.sluice.cli.lint.LintResult;
import dev.sluice.cli.lint.LintScripts;
import dev.sluice.cli.lint.LintText;
import dev.sluice.cli.lint.ParsedAhead;
import dev.sluice.cli.lsp.LintServer;
import dev.sluice.cli.render.Quantities;
import dev.sluice.cli.settings.LintSettings;
import dev.sluice.cli.settings.Setting;
import dev.sluice.lint.Finding;
import dev.sluice.lint.Linter;
import dev.sluice.lint.Observations;
import dev.sluice.lint.Rule;
import dev.sluice.lint.Severity;
import dev.sluice.lint.rule.Rules;
import dev.sluice.lint.size.Sizes;
import dev.sluice.migration.MigrationDirectory;
import dev.sluice.migration.NearestName;
import dev.sluice.parser.PgParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.ISetter;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

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

    private static final Set<String> THRESHOLDS = Set.of("error", "warning", "info", "never");

    private final RootCommand root;

    @Parameters(paramLabel = "FILE|DIR|-", description = "What to read. Default: the project's migrations.")
    private List<String> what = new ArrayList<>();

    @Option(
            names = "--pg",
            order = 1,
            paramLabel = "MAJOR",
            description =
                    "Version of PostgreSQL, 14 to 18. Default: that of sluice.toml, else 14; 18 with --observe or --plan.")
    private @Nullable Integer major;

    @Option(
            names = "--git-diff",
            order = 2,
            paramLabel = "BASE",
            description = "Report on files that differ from this commit or branch, or are new.")
    private @Nullable String base;

    @Option(
            names = "--fail-on",
            order = 3,
            paramLabel = "SEVERITY",
            description = "error, warning, info or never. Default: that of sluice.toml, else error.")
    private @Nullable String failOn;

    @Option(
            names = "--show",
            order = 4,
            paramLabel = "SEVERITY",
            defaultValue = "warning",
            description = "The least severity to show in text: error, warning or info. Default: warning.")
    private String show = "warning";

    @Option(names = "--fix", order = 4, description = "Mend what one statement in place of another mends.")
    private boolean fix;

    @Option(names = "--baseline", order = 5, paramLabel = "FILE", description = "Leave out the findings in this file.")
    private @Nullable Path baseline;

    @Option(
            names = "--write-baseline",
            order = 6,
            paramLabel = "FILE",
            description = "Write all findings to this file.")
    private @Nullable Path writeBaseline;

    private final Map<LintForm, Path> forms = new LinkedHashMap<>();

    @Option(names = "--github", order = 11, description = "Print annotations for GitHub's workflow log.")
    private boolean github;

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
    private LintSizes known = new LintSizes();

    LintCommand(RootCommand root) {
        this.root = root;
    }

    /** An option for each form of report. */
    void addForms(CommandSpec spec) {
        LintForm.ALL.forEach(form -> spec.addOption(OptionSpec.builder(form.flag())
                .order(7)
                .paramLabel("FILE")
                .type(Path.class)
                .description(form.description())
                .setter(new ISetter() {
                    @Override
                    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
                    public <T> T set(T file) {
                        if (file != null) {
                            forms.put(form, (Path) file);
                        }
                        return file;
                    }
                })
                .build()));
    }

    @Override
    public Integer call() throws IOException {
        if (list) {
            Rules.ALL.forEach(rule -> root.console()
                    .out(String.format("%-42s %s%n", rule.id(), rule.about().title())));
            return ExitCode.OK.code();
        }
        if (explain != null) {
            return explain(explain);
        }
        int version = version();
        if (version < 14 || version > 18) {
            throw new SluiceException(ExitCode.USAGE, "--pg takes 14, 15, 16, 17 or 18, not " + version + ".");
        }
        if (failOn != null && !THRESHOLDS.contains(failOn)) {
            throw new SluiceException(
                    ExitCode.USAGE, "--fail-on takes error, warning, info or never, not " + failOn + ".");
        }
        if (!THRESHOLDS.contains(show) || show.equals("never")) {
            throw new SluiceException(ExitCode.USAGE, "--show takes error, warning or info, not " + show + ".");
        }
        if (languageServer) {
            return LintServer.serve(
                    root.console().in(), root.console().out(), root.surroundings(), Optional.ofNullable(major));
        }
        LintResult result = lint(scripts(), version);
        write(result);
        return result.fails(this::threshold) ? ExitCode.HAZARD_BLOCKED.code() : ExitCode.OK.code();
    }

    private Optional<Severity> threshold(Finding finding) {
        if (failOn != null) {
            return failOn.equals("never")
                    ? Optional.empty()
                    : Optional.of(Severity.valueOf(failOn.toUpperCase(Locale.ROOT)));
        }
        return root.configuration()
                .lint()
                .failOn(absolute(finding.position().file()))
                .map(LintSettings.Threshold::severity)
                .orElse(Optional.of(Severity.ERROR));
    }

    private Path absolute(String file) {
        return root.surroundings().directory().resolve(file).normalize();
    }

    private int version() {
        return major != null ? major : trial.version().orElse(OLDEST);
    }

    private Integer explain(String id) {
        Optional<Rule> found =
                Rules.ALL.stream().filter(rule -> rule.id().equals(id)).findFirst();
        if (found.isEmpty()) {
            List<String> names = Rules.ALL.stream().map(Rule::id).toList();
            throw new SluiceException(
                    ExitCode.USAGE,
                    "There is no rule '" + id + "'."
                            + NearestName.of(id, names)
                                    .map(near -> "\nNext: did you mean " + near + "?")
                                    .orElse("\nNext: sluice lint --rules"));
        }
        Rule rule = found.get();
        root.console()
                .out(rule.about().title() + "\n\n" + rule.about().why().strip() + "\n\nInstead: "
                        + rule.about().instead().strip() + "\n");
        return ExitCode.OK.code();
    }

    private LintScripts scripts() throws IOException {
        Project project = root.project();
        LintScripts scripts = new LintScripts(project::migrationDirectory, project.directory());
        Optional<String> layout = root.configuration().text(Setting.LAYOUT);
        if (what.isEmpty()) {
            scripts.directory(project.directory(), layout);
        }
        for (String each : what) {
            Path path = root.surroundings().directory().resolve(each);
            if (each.equals("-")) {
                scripts.text("<stdin>", root.console().in());
            } else if (Files.isDirectory(path)) {
                scripts.directory(path, layout);
            } else if (Files.isRegularFile(path)) {
                scripts.file(path, MigrationDirectory.readFile(project.forMessages(path)));
            } else {
                throw new SluiceException(ExitCode.USAGE, "There is no file or directory " + each + ".");
            }
        }
        return scripts;
    }

    private LintResult lint(LintScripts scripts, int version) throws IOException {
        Instant start = root.surroundings().clock().instant();
        Optional<Set<Path>> changed = base == null
                ? Optional.empty()
                : Optional.of(new GitChanges(root.surroundings().directory()).since(base));
        List<Finding> findings = new ArrayList<>();
        int files = 0;
        List<LintScripts.Entry> entries = scripts.entries().stream()
                .map(entry -> new LintScripts.Entry(entry.script(), entry.reported() && differs(entry, changed)))
                .toList();
        Sizes sizes = known.sizes(root);
        LintSettings settings = root.configuration().lint();
        boolean observed = major != null || trial.version().isPresent(); // one version for all files
        Observations observations = trial.observations(root, version, entries);
        try (PgParser parser = new PgParser();
                ParsedAhead parsed = new ParsedAhead(
                        parser, entries.stream().map(LintScripts.Entry::script).toList())) {
            LocalDate today = LocalDate.ofInstant(start, ZoneId.systemDefault());
            Linter linter = new Linter(parser, version, today, observations, sizes);
            for (LintScripts.Entry entry : entries) {
                Path file = absolute(entry.script().file());
                linter.version(observed ? version : settings.pg(file).orElse(version));
                List<Finding> found = settings.apply(file, linter.lint(entry.script(), parsed.next()));
                if (entry.reported()) {
                    files++;
                    findings.addAll(found);
                }
            }
            findings.addAll(atEnd(linter, entries));
        }
        if (fix) {
            fix(findings);
        }
        if (writeBaseline != null) {
            Files.writeString(root.surroundings().directory().resolve(writeBaseline), Baseline.of(findings));
        }
        List<Finding> rest = baseline == null
                ? findings
                : Baseline.without(root.surroundings().directory().resolve(baseline), findings);
        return new LintResult(
                rest,
                files,
                findings.size() - rest.size(),
                Duration.between(start, root.surroundings().clock().instant()));
    }

    /** What is known of reported scripts once those after them are read. */
    private List<Finding> atEnd(Linter linter, List<LintScripts.Entry> entries) {
        Set<String> reported = entries.stream()
                .filter(LintScripts.Entry::reported)
                .map(entry -> entry.script().file())
                .collect(Collectors.toSet());
        LintSettings settings = root.configuration().lint();
        return linter.atEnd().stream()
                .filter(finding -> reported.contains(finding.position().file()))
                .flatMap(finding -> settings.apply(absolute(finding.position().file()), List.of(finding)).stream())
                .toList();
    }

    private boolean differs(LintScripts.Entry entry, Optional<Set<Path>> changed) {
        Path file =
                root.surroundings().directory().resolve(entry.script().file()).normalize();
        return changed.map(set -> set.contains(file)).orElse(true);
    }

    private void fix(List<Finding> findings) throws IOException {
        Map<String, List<Finding>> byFile = new LinkedHashMap<>();
        findings.stream()
                .filter(finding -> finding.fix().isPresent())
                .forEach(finding -> byFile.computeIfAbsent(finding.position().file(), f -> new ArrayList<>())
                        .add(finding));
        for (Map.Entry<String, List<Finding>> each : byFile.entrySet()) {
            Path file = root.surroundings().directory().resolve(each.getKey());
            if (Files.isRegularFile(file)) {
                Files.writeString(file, Fixes.apply(Files.readString(file), each.getValue()));
                root.console()
                        .note("mended " + Quantities.of(each.getValue().size(), "statement") + " in " + each.getKey());
                findings.removeAll(each.getValue());
            }
        }
    }

    private void write(LintResult result) throws IOException {
        Console console = root.console();
        trial.plans().ifPresent(plans -> plans.keep(result.findings()));
        for (Map.Entry<LintForm, Path> form : forms.entrySet()) {
            Files.writeString(
                    root.surroundings().directory().resolve(form.getValue()),
                    form.getKey().text().apply(result));
        }
        if (github) {
            console.out(LintMarkup.github(result));
        } else if (console.isJson()) {
            console.result(LintJson.of(result, trial.plans()));
        } else {
            console.out(LintText.of(
                    result,
                    Severity.valueOf(show.toUpperCase(Locale.ROOT)),
                    console.look().out()));
            trial.plans()
                    .ifPresent(plans -> console.out(plans.text(console.look().out())));
        }
    }
}
