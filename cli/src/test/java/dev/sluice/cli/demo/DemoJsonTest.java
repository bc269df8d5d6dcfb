package dev.sluice.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.cli.render.Style;
import dev.sluice.lab.traffic.Failure;
import dev.sluice.lab.traffic.Latency;
import dev.sluice.lab.traffic.TrafficReport;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DemoJsonTest {
    private static final Latency LATENCY = new Latency(900, 700_000, 3_210_400, 48_000_000);

    static DemoReport report(long failed, List<String> differences, List<String> undoDifferences) {
        List<Failure> failures = IntStream.range(0, (int) failed)
                .mapToObj(i -> new Failure(Instant.EPOCH, "v2", "SELECT " + i, "42703 no such column"))
                .toList();
        return new DemoReport(
                new TrafficReport(1000, 0, LATENCY, List.of()),
                new TrafficReport(800, failed, LATENCY, failures),
                new Latency(100, 500_000, 1_000_000, 2_000_000),
                new Latency(100, 50_000, 100_000, 12_000_000),
                new RunTally.Sum(3_010_000, Duration.ofMillis(42_500), Duration.ofNanos(7_654_321)),
                4_020_000,
                differences,
                undoDifferences,
                Duration.ofSeconds(99));
    }

    @Test
    void isTheDocumentedForm() {
        assertThat(DemoJson.of(report(0, List.of(), List.of())))
                .hasToString("{\"old\":{\"statements\":1000,\"failed\":0,\"p99_ms\":3.21,\"longest_ms\":48.0},"
                        + "\"new\":{\"statements\":800,\"failed\":0,\"p99_ms\":3.21,\"longest_ms\":48.0},"
                        + "\"backfill\":{\"rows\":3010000,\"seconds\":42.5},"
                        + "\"longest_lock_ms\":7.654,\"data_equal\":true,\"undone\":true}");
    }

    @Test
    void aDifferenceIsNotEqualAndNotSuccess() {
        DemoReport unequal = report(0, List.of("users: expected a, found b"), List.of());
        assertThat(DemoJson.of(unequal).get("data_equal").getAsBoolean()).isFalse();
        assertThat(unequal.isSuccess()).isFalse();
        DemoReport notUndone = report(0, List.of(), List.of("schema: column"));
        assertThat(DemoJson.of(notUndone).get("undone").getAsBoolean()).isFalse();
        assertThat(notUndone.isSuccess()).isFalse();
        assertThat(report(1, List.of(), List.of()).isSuccess()).isFalse();
        assertThat(report(0, List.of(), List.of()).isSuccess()).isTrue();
    }

    @Test
    void theSummaryShowsTheFirstFiveFailuresAndEveryDifference() {
        String text = DemoSummary.of(report(7, List.of("users: expected a, found b"), List.of()), Style.PLAIN);
        assertThat(text)
                .contains("SELECT 4", "users: expected a, found b", "NOT equal", "Failed.")
                .doesNotContain("SELECT 5");
    }

    @Test
    void theSummaryOfASuccessHasTheNumbersASceptAsksFor() {
        String text = DemoSummary.of(report(0, List.of(), List.of()), Style.PLAIN);
        assertThat(text)
                .contains(
                        "longest stall    48 ms",
                        "longest lock     7.7 ms",
                        "3,010,000 rows in 42.5 s, 70,824 rows/s",
                        "4,020,000 rows compared",
                        "No statement failed.")
                .doesNotContain("NOT");
    }
}
