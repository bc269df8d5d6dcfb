package dev.sluice.lab.proof;

import static java.util.Objects.requireNonNull;

import dev.sluice.ExitCode;
import dev.sluice.lab.PostgresVersion;
import java.time.Duration;
import java.util.List;

/**
 * What was found about a project's migrations.
 *
 * @param rows generated rows for each table
 * @param seed of everything random: the same seed and options give the same report
 * @param migrations those that were proven, in the order in which they run
 */
public record ProofReport(
        PostgresVersion version, long rows, long seed, List<MigrationResult> migrations, Duration duration) {

    public ProofReport {
        requireNonNull(version);
        migrations = List.copyOf(migrations);
        requireNonNull(duration);
    }

    public List<MigrationResult> with(Verdict verdict) {
        return migrations.stream().filter(m -> m.verdict() == verdict).toList();
    }

    /** Migrations that have a plan. */
    public List<MigrationResult> planned() {
        return migrations.stream().filter(m -> m.plan().isPresent()).toList();
    }

    /** Migrations of which that aspect was checked and is right. */
    public List<MigrationResult> right(Aspect aspect) {
        return migrations.stream()
                .filter(m -> m.stage(aspect).checked() > 0 && m.stage(aspect).isRight())
                .toList();
    }

    /** Migrations of which that aspect is wrong. */
    public List<MigrationResult> wrong(Aspect aspect) {
        return migrations.stream().filter(m -> !m.stage(aspect).isRight()).toList();
    }

    /** How much was checked of that aspect, over all migrations. */
    public long checked(Aspect aspect) {
        return migrations.stream().mapToLong(m -> m.stage(aspect).checked()).sum();
    }

    /** How much of that aspect is wrong, over all migrations. */
    public long findings(Aspect aspect) {
        return migrations.stream()
                .mapToLong(m -> m.stage(aspect).findings().size())
                .sum();
    }

    public boolean isProven() {
        return migrations.stream().allMatch(m -> m.verdict() == Verdict.PROVEN);
    }

    /** {@code OK} only when everything is proven; the worst of what was found otherwise. */
    public ExitCode exitCode() {
        if (!with(Verdict.WRONG).isEmpty()) {
            return ExitCode.PENDING;
        }
        if (!with(Verdict.UNPROVEN).isEmpty()) {
            return ExitCode.ERROR;
        }
        return isProven() ? ExitCode.OK : ExitCode.HAZARD_BLOCKED;
    }
}
