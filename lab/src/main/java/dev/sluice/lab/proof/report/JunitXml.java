package dev.sluice.lab.proof.report;

import dev.sluice.lab.proof.Finding;
import dev.sluice.lab.proof.MigrationResult;
import dev.sluice.lab.proof.ProofReport;
import dev.sluice.lab.proof.Verdict;
import dev.sluice.planner.Refusal;
import java.util.Locale;
import java.util.stream.Collectors;

/** The report in the form that CI servers read: one test case for each migration; what is not proven is a failure. */
public final class JunitXml {
    private JunitXml() {}

    public static String of(ProofReport report) {
        long failed = report.migrations().stream()
                .filter(migration -> migration.verdict() != Verdict.PROVEN)
                .count();
        StringBuilder xml = new StringBuilder("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
        xml.append(String.format(
                Locale.ROOT,
                "<testsuite name=\"sluice test\" tests=\"%d\" failures=\"%d\" errors=\"0\" skipped=\"0\" time=\"%.3f\">%n",
                report.migrations().size(),
                failed,
                report.duration().toMillis() / 1e3));
        report.migrations().forEach(migration -> xml.append(testcase(migration)));
        return xml.append("</testsuite>\n").toString();
    }

    private static String testcase(MigrationResult migration) {
        String open = String.format(
                Locale.ROOT,
                "  <testcase classname=\"migrations\" name=\"%s\" file=\"%s\" time=\"%.3f\"",
                Markup.escaped((migration.version() + " " + migration.name()).strip()),
                Markup.escaped(migration.file()),
                migration.duration().toMillis() / 1e3);
        if (migration.verdict() == Verdict.PROVEN) {
            return open + "/>\n";
        }
        return open + ">\n    <failure type=\"" + migration.verdict().name().toLowerCase(Locale.ROOT) + "\" message=\""
                + Markup.escaped(message(migration)) + "\">" + Markup.escaped(details(migration))
                + "</failure>\n  </testcase>\n";
    }

    private static String message(MigrationResult migration) {
        return switch (migration.verdict()) {
            case PROVEN -> "";
            case WRONG -> migration.findings().size() + " differences";
            case REFUSED ->
                migration.refusals().stream().map(Refusal::hazard).distinct().collect(Collectors.joining(", "));
            case UNPROVEN -> String.join("; ", migration.notes());
        };
    }

    private static String details(MigrationResult migration) {
        String refusals = migration.refusals().stream().map(Refusal::toString).collect(Collectors.joining("\n\n"));
        return refusals + migration.findings().stream().map(Finding::toString).collect(Collectors.joining("\n"));
    }
}
