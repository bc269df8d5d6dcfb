package dev.sluice.cli.lint;

import dev.sluice.lint.Finding;
import dev.sluice.lint.Severity;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * What was found.
 *
 * @param findings in the order of the files and lines
 * @param files how many files are reported on
 * @param known how many findings a baseline has already
 */
public record LintResult(List<Finding> findings, int files, int known, Duration duration) {

    public LintResult {
        findings = List.copyOf(findings);
    }

    /** How many are at least this bad. */
    public long atLeast(Severity severity) {
        return findings.stream()
                .filter(finding -> finding.severity().compareTo(severity) <= 0)
                .count();
    }

    /**
     * Whether something is so bad that the command fails.
     *
     * @param threshold from when on a finding does that; empty for never
     */
    public boolean fails(Function<Finding, Optional<Severity>> threshold) {
        return findings.stream()
                .anyMatch(finding -> threshold
                        .apply(finding)
                        .filter(least -> finding.severity().compareTo(least) <= 0)
                        .isPresent());
    }
}
