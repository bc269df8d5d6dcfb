package dev.sluice.cli.render;

import dev.sluice.lab.proof.Aspect;
import dev.sluice.lab.proof.Finding;
import dev.sluice.lab.proof.MigrationResult;
import dev.sluice.lab.proof.ProofReport;
import dev.sluice.lab.proof.StageResult;
import dev.sluice.lab.proof.Verdict;
import java.util.List;
import java.util.Locale;

/** What {@code sluice test} found, as text. */
public final class ProofText {
    /** A hundred rows of one table say no more than ten. */
    private static final int FINDINGS = 10;

    private final Style style;

    public ProofText(Style style) {
        this.style = style;
    }

    /** One line for one migration, for progress. */
    public String line(MigrationResult migration) {
        return word(migration.verdict()) + " " + name(migration)
                + style.dim(" " + seconds(migration.duration().toMillis()));
    }

    /** What is wrong with them and what to know, then the table, then the sums. */
    public String render(ProofReport report) {
        StringBuilder text = new StringBuilder();
        report.migrations().forEach(migration -> text.append(details(migration)));
        TextTable table = new TextTable().row("MIGRATION", "RESULT", "END", "BACK", "FACTS", "SHAPES", "TIME");
        for (MigrationResult migration : report.migrations()) {
            table.row(
                    name(migration),
                    word(migration.verdict()),
                    cell(migration, Aspect.ORACLE),
                    cell(migration, Aspect.BACKWARD),
                    cell(migration, Aspect.FACTS),
                    cell(migration, Aspect.SHAPES),
                    seconds(migration.duration().toMillis()));
        }
        return text.append(table.render()).append('\n').append(sums(report)).toString();
    }

    private String details(MigrationResult migration) {
        StringBuilder text = new StringBuilder();
        if (!migration.refusals().isEmpty()) {
            text.append(RefusalText.text(migration.file(), migration.refusals(), style))
                    .append('\n');
        }
        if (migration.verdict() == Verdict.UNPROVEN) {
            text.append(style.bold(name(migration)))
                    .append(": ")
                    .append(style.red("cannot be proven"))
                    .append(" (")
                    .append(migration.file())
                    .append(")\n");
            migration.notes().forEach(note -> text.append(note.indent(2)));
            text.append('\n');
        } else if (!migration.notes().isEmpty()) {
            text.append(style.bold(name(migration))).append(":\n");
            migration.notes().forEach(note -> text.append(note.indent(2)));
            text.append('\n');
        }
        for (StageResult stage : migration.stages()) {
            if (!stage.isRight()) {
                text.append(style.bold(name(migration)))
                        .append(": ")
                        .append(style.red(stage.aspect().text() + " is wrong"))
                        .append(" (")
                        .append(migration.file())
                        .append(")\n");
                text.append(findings(stage.findings())).append('\n');
            }
        }
        return text.toString();
    }

    private String findings(List<Finding> findings) {
        StringBuilder text = new StringBuilder();
        String when = "";
        for (Finding finding : findings.subList(0, Math.min(FINDINGS, findings.size()))) {
            if (!finding.when().equals(when)) {
                when = finding.when();
                text.append("  ").append(when).append('\n');
            }
            text.append("    ")
                    .append(finding.object())
                    .append(": ")
                    .append(finding.attribute())
                    .append('\n');
            text.append("      expected  ").append(value(finding.expected())).append('\n');
            text.append("      is        ").append(value(finding.actual())).append('\n');
        }
        if (findings.size() > FINDINGS) {
            text.append("    and ").append(findings.size() - FINDINGS).append(" more\n");
        }
        return text.toString();
    }

    private static String value(String value) {
        return value.isEmpty() ? "(not there)" : value.strip().replace("\n", "\n                ");
    }

    private String sums(ProofReport report) {
        List<MigrationResult> back = report.right(Aspect.BACKWARD);
        long partly = back.stream().filter(migration -> !migration.wayBack()).count();
        long none = report.planned().stream()
                .filter(migration -> !migration.wayBack())
                .filter(migration -> migration.stage(Aspect.BACKWARD).isRight() && !back.contains(migration))
                .count();
        StringBuilder text = new StringBuilder();
        text.append(String.format(
                Locale.ROOT,
                "%s on %s with %d generated rows a table (seed %d), %s%n",
                Quantities.of(report.migrations().size(), "migration"),
                report.version(),
                report.rows(),
                report.seed(),
                seconds(report.duration().toMillis())));
        text.append(String.format(
                Locale.ROOT,
                "planned %d, refused %d; equal to the plain script %d, different %d; back at the start %d%s,"
                        + " not %d, no exact way back %d%n",
                report.planned().size(),
                report.with(Verdict.REFUSED).size(),
                report.right(Aspect.ORACLE).size(),
                report.wrong(Aspect.ORACLE).size(),
                back.size(),
                partly == 0 ? "" : " (" + partly + " from some states only)",
                report.wrong(Aspect.BACKWARD).size(),
                none));
        text.append(String.format(
                Locale.ROOT,
                "facts checked %d, wrong %d; statements through both shapes %d, wrong %d%n",
                report.checked(Aspect.FACTS),
                report.findings(Aspect.FACTS),
                report.checked(Aspect.SHAPES),
                report.findings(Aspect.SHAPES)));
        String proven = partly + none == 0 ? "All is proven." : "All is proven, but for the ways back told of above.";
        return text.append(report.isProven() ? style.green(proven) : style.red("Not all is proven."))
                .append('\n')
                .toString();
    }

    private String cell(MigrationResult migration, Aspect aspect) {
        StageResult stage = migration.stage(aspect);
        if (!stage.isRight()) {
            return style.red(stage.findings().size() + " wrong");
        }
        boolean partly = aspect == Aspect.BACKWARD && !migration.wayBack();
        return stage.checked() == 0 ? "-" : partly ? "partly" : "ok";
    }

    private String word(Verdict verdict) {
        return switch (verdict) {
            case PROVEN -> style.green("proven");
            case WRONG -> style.red("wrong");
            case REFUSED -> style.yellow("refused");
            case UNPROVEN -> style.red("fails");
        };
    }

    private static String name(MigrationResult migration) {
        return (migration.version() + " " + migration.name()).strip();
    }

    private static String seconds(long millis) {
        return String.format(Locale.ROOT, "%.1f s", millis / 1e3);
    }
}
