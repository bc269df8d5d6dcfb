package dev.sluice.lab.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.lab.PostgresVersion;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Random migrations. Which seeds: system property {@code sluice.fuzz.seed}; each failure prints how to run it again. */
final class FuzzDbTest {

    private static final int PROCESSORS = 2;

    /** Found, and not mended yet: {@code docs/fuzz.md} says what they show. */
    private static final Set<Long> OPEN = Set.of();

    /** Seeds that once went through: what breaks one is a step back. New ones are for the full run and {@code ./dev fuzz}. */
    @Test
    void randomMigrationsEndAsTheirPlainRunAndComeBack() {
        FuzzReport report = run(PostgresVersion.V18, Long.getLong("sluice.fuzz.seed", 1), 1000, Duration.ofMinutes(5));

        assertThat(report.failures()).isEmpty();
        assertThat(report.plannedPercent()).as("share with a plan: %s", report).isGreaterThanOrEqualTo(70);
    }

    @Tag("full")
    @Test
    void otherRandomMigrationsEveryDayOnTheOldestVersion() {
        long today = System.currentTimeMillis() / Duration.ofDays(1).toMillis();
        FuzzReport report = run(
                PostgresVersion.V14,
                Long.getLong("sluice.fuzz.seed", today * 100_000),
                100_000,
                Duration.ofMinutes(20));

        assertThat(report.failures()).isEmpty();
    }

    private static FuzzReport run(PostgresVersion version, long seed, long count, Duration time) {
        FuzzReport report = new FuzzRun(version, seed, OPEN, count, time, PROCESSORS, true).run(System.out);
        System.out.println(report);
        return report;
    }
}
