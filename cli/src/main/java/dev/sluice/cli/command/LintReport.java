package dev.sluice.cli.command;

import dev.sluice.ExitCode;
import dev.sluice.SluiceException;
import dev.sluice.cli.Console;
import dev.sluice.cli.lint.LintForm;
import dev.sluice.cli.lint.LintJson;
import dev.sluice.cli.lint.LintMarkup;
import dev.sluice.cli.lint.LintPlans;
import dev.sluice.cli.lint.LintResult;
import dev.sluice.cli.lint.LintText;
import dev.sluice.cli.settings.LintSettings;
import dev.sluice.lint.Finding;
import dev.sluice.lint.Severity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.ISetter;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;

/** The options of {@code sluice lint} that say what becomes of findings: where they are shown, and which of them fail. */
final class LintReport {

    private static final Set<String> SEVERITIES = Set.of("error", "warning", "info");

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
            description = "The least severity to show in text, and to mend: error, warning or info. Default: warning.")
    private String show = "warning";

    private final Map<LintForm, Path> forms = new LinkedHashMap<>();

    @Option(names = "--github", order = 11, description = "Print annotations for GitHub's workflow log.")
    private boolean github;

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

    /** @throws SluiceException for words that are no severity */
    void check() {
        if (failOn != null && !failOn.equals("never") && !SEVERITIES.contains(failOn)) {
            throw new SluiceException(
                    ExitCode.USAGE, "--fail-on takes error, warning, info or never, not " + failOn + ".");
        }
        if (!SEVERITIES.contains(show)) {
            throw new SluiceException(ExitCode.USAGE, "--show takes error, warning or info, not " + show + ".");
        }
    }

    boolean shows(Finding finding) {
        return finding.severity().compareTo(severity(show)) <= 0;
    }

    /** Whether it is so bad that the command fails. */
    boolean fails(RootCommand root, LintResult result) {
        return result.fails(finding -> threshold(root, finding));
    }

    private Optional<Severity> threshold(RootCommand root, Finding finding) {
        if (failOn != null) {
            return failOn.equals("never") ? Optional.empty() : Optional.of(severity(failOn));
        }
        Path file = root.surroundings().directory().resolve(finding.position().file());
        return root.configuration()
                .lint()
                .failOn(file.normalize())
                .map(LintSettings.Threshold::severity)
                .orElse(Optional.of(Severity.ERROR));
    }

    void write(RootCommand root, LintResult result, Optional<LintPlans> plans) throws IOException {
        Console console = root.console();
        plans.ifPresent(made -> made.keep(result.findings()));
        for (Map.Entry<LintForm, Path> form : forms.entrySet()) {
            Files.writeString(
                    root.surroundings().directory().resolve(form.getValue()),
                    form.getKey().text().apply(result));
        }
        if (github) {
            console.out(LintMarkup.github(result));
        } else if (console.isJson()) {
            console.result(LintJson.of(result, plans));
        } else {
            console.out(LintText.of(result, severity(show), console.look().out()));
            plans.ifPresent(made -> console.out(made.text(console.look().out())));
        }
    }

    private static Severity severity(String word) {
        return Severity.valueOf(word.toUpperCase(Locale.ROOT));
    }
}
