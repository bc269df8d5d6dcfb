package dev.sluice.doctor;

import dev.sluice.ExitCode;
import dev.sluice.parser.PgParser;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Asks every check. */
public final class Examination {

    /** Worst first: what a person has to look at, then what differs, then what is merely unfinished. */
    private static final List<ExitCode> WORST_FIRST = List.of(
            ExitCode.ERROR,
            ExitCode.FAILED_NEEDS_OPERATOR,
            ExitCode.DRIFT,
            ExitCode.VALIDATION,
            ExitCode.LOCK_NOT_ACQUIRED,
            ExitCode.PENDING);

    private Examination() {}

    /** All that is not as it should be; what makes the rest doubtful comes first. */
    public static List<Finding> findings(Evidence evidence, PgParser parser) {
        Case subject = Case.of(evidence, parser);
        List<Finding> findings = new ArrayList<>();
        Checks.ALL.forEach(check -> findings.addAll(check.find(subject)));
        return List.copyOf(findings);
    }

    /** The ids of everything that is looked for. */
    public static List<String> checks() {
        return Checks.ALL.stream().map(Check::id).toList();
    }

    /** What {@code sluice doctor} exits with: the worst of the findings, {@code OK} when there are none or only notes. */
    public static ExitCode exitCode(List<Finding> findings) {
        return WORST_FIRST.stream()
                .flatMap(code -> findings.stream()
                        .map(Finding::code)
                        .filter(code::equals)
                        .limit(1))
                .findFirst()
                .orElse(ExitCode.OK);
    }

    /** Those that {@code sluice repair} mends without a decision. */
    public static List<Finding> mendable(List<Finding> findings) {
        return Stream.of(findings)
                .flatMap(List::stream)
                .filter(finding -> finding.mend().isPresent())
                .toList();
    }
}
