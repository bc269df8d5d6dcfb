package dev.sluice.lab.junit;

import dev.sluice.lab.proof.MigrationResult;
import dev.sluice.lab.proof.ProofReport;
import dev.sluice.lab.proof.Verdict;
import java.util.Locale;

/** Says what a failed test has to say. */
final class ProofText {

    private ProofText() {}

    static void requireProven(ProofReport report) {
        if (!report.isProven()) {
            throw new AssertionError(of(report));
        }
    }

    private static String of(ProofReport report) {
        StringBuilder text = new StringBuilder();
        long proven = report.with(Verdict.PROVEN).size();
        text.append(proven).append(" of ").append(report.migrations().size()).append(" migrations are proven on ");
        text.append(report.version()).append(" (seed ").append(report.seed()).append(").");
        for (MigrationResult migration : report.migrations()) {
            if (migration.verdict() != Verdict.PROVEN) {
                text.append("\n\n").append(migration.file()).append(": ");
                text.append(migration.verdict().name().toLowerCase(Locale.ROOT));
                migration.refusals().forEach(refusal -> text.append("\n  ").append(refusal));
                migration.findings().forEach(finding -> text.append("\n  ").append(finding));
                migration.notes().forEach(note -> text.append("\n  note: ").append(note));
            }
        }
        return text.toString();
    }
}
