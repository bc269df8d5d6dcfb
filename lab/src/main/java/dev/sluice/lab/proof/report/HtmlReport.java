package dev.sluice.lab.proof.report;

import dev.sluice.lab.proof.Aspect;
import dev.sluice.lab.proof.Finding;
import dev.sluice.lab.proof.MigrationResult;
import dev.sluice.lab.proof.ProofReport;
import dev.sluice.lab.proof.StageResult;
import dev.sluice.lab.proof.Verdict;
import dev.sluice.plan.Phase;
import dev.sluice.plan.Plan;
import dev.sluice.plan.Step;
import dev.sluice.plan.TableLock;
import dev.sluice.planner.Refusal;
import java.util.Locale;
import java.util.stream.Collectors;

/** The report as one HTML file that needs nothing else: a summary, and for each migration what was found and its plan. */
public final class HtmlReport {
    private static final String STYLE = """
            body { font: 15px/1.45 system-ui, sans-serif; margin: 2rem auto; max-width: 72rem; padding: 0 1rem; }
            table { border-collapse: collapse; width: 100%; margin: .5rem 0 1rem; }
            th, td { text-align: left; vertical-align: top; padding: .25rem .6rem; border-bottom: 1px solid #ddd; }
            td { overflow-wrap: anywhere; }
            summary { cursor: pointer; padding: .3rem 0; }
            pre { white-space: pre-wrap; background: #f5f5f5; padding: .6rem; }
            .proven { color: #176b2c; } .wrong, .unproven { color: #a40000; } .refused { color: #8a5a00; }
            .note { color: #555; }
            """;

    private HtmlReport() {}

    public static String of(ProofReport report) {
        StringBuilder html = new StringBuilder("<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">"
                + "<title>sluice test</title>\n<style>\n" + STYLE + "</style></head><body>\n<h1>sluice test</h1>\n");
        html.append("<p>").append(Markup.escaped(summary(report))).append("</p>\n");
        html.append("<table><tr><th>aspect</th><th>checked</th><th>right</th><th>wrong</th></tr>\n");
        for (Aspect aspect : Aspect.values()) {
            html.append(cells(
                    aspect.text(),
                    Long.toString(report.checked(aspect)),
                    report.right(aspect).size() + " migrations",
                    report.wrong(aspect).size() + " migrations"));
        }
        html.append("</table>\n<h2>Migrations</h2>\n");
        report.migrations().forEach(migration -> html.append(migration(migration)));
        return html.append("</body></html>\n").toString();
    }

    private static String summary(ProofReport report) {
        return String.format(
                Locale.ROOT,
                "%d migrations on %s, %d generated rows a table (seed %d), %.1f s: %d proven, %d wrong, %d refused, %d not"
                        + " provable.",
                report.migrations().size(),
                report.version(),
                report.rows(),
                report.seed(),
                report.duration().toMillis() / 1e3,
                report.with(Verdict.PROVEN).size(),
                report.with(Verdict.WRONG).size(),
                report.with(Verdict.REFUSED).size(),
                report.with(Verdict.UNPROVEN).size());
    }

    private static String migration(MigrationResult migration) {
        String verdict = migration.verdict().name().toLowerCase(Locale.ROOT);
        StringBuilder html = new StringBuilder("<details")
                .append(migration.verdict() == Verdict.PROVEN ? "" : " open")
                .append("><summary><b>")
                .append(Markup.escaped((migration.version() + " " + migration.name()).strip()))
                .append("</b> <span class=\"")
                .append(verdict)
                .append("\">")
                .append(verdict)
                .append("</span></summary>\n<p class=\"note\">")
                .append(Markup.escaped(migration.file()))
                .append("</p>\n");
        for (Refusal refusal : migration.refusals()) {
            html.append("<pre>").append(Markup.escaped(refusal.toString())).append("</pre>\n");
        }
        for (String note : migration.notes()) {
            html.append("<p class=\"note\">").append(Markup.escaped(note)).append("</p>\n");
        }
        migration.stages().stream().filter(stage -> !stage.isRight()).forEach(stage -> html.append(stage(stage)));
        migration.plan().ifPresent(plan -> html.append(plan(plan)));
        return html.append("</details>\n").toString();
    }

    private static String stage(StageResult stage) {
        StringBuilder html = new StringBuilder("<h3>")
                .append(stage.aspect().text())
                .append(
                        "</h3>\n<table><tr><th>when</th><th>object</th><th>attribute</th><th>expected</th><th>is</th></tr>\n");
        for (Finding finding : stage.findings()) {
            html.append(
                    cells(finding.when(), finding.object(), finding.attribute(), finding.expected(), finding.actual()));
        }
        return html.append("</table>\n").toString();
    }

    private static String plan(Plan plan) {
        StringBuilder html =
                new StringBuilder("<table><tr><th>phase</th><th>step</th><th>locks</th><th>why so</th></tr>\n");
        for (Phase phase : Phase.values()) {
            for (Step step : plan.steps(phase)) {
                html.append(cells(
                        phase.name().toLowerCase(Locale.ROOT),
                        step.info().title(),
                        step.info().locks().stream().map(HtmlReport::lock).collect(Collectors.joining(", ")),
                        step.info().reason()));
            }
        }
        return html.append("</table>\n").toString();
    }

    private static String lock(TableLock lock) {
        return lock.table() + " " + lock.mode().sql();
    }

    private static String cells(String... texts) {
        StringBuilder row = new StringBuilder("<tr>");
        for (String text : texts) {
            row.append("<td>").append(Markup.escaped(text)).append("</td>");
        }
        return row.append("</tr>\n").toString();
    }
}
