package dev.sluice.cli.progress;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.cli.Console;
import dev.sluice.cli.Streams;
import dev.sluice.cli.render.Style;
import dev.sluice.plan.Source;
import dev.sluice.plan.Step;
import dev.sluice.plan.StepInfo;
import dev.sluice.run.Blocker;
import dev.sluice.run.RunEvent;
import dev.sluice.sql.Redaction;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RunReportTest {
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private Instant now = Instant.parse("2026-01-31T12:00:00Z");

    @Test
    void printsAtMostOneLineASecondWithoutATerminal() {
        RunReport report = report(false, Console.Loudness.NORMAL);
        report.on(started());
        for (int i = 0; i < 30; i++) {
            now = now.plusMillis(100);
            report.on(progress(i / 30.0));
        }

        assertThat(lines())
                .containsExactly(
                        "  2/6 fill users.full_name: filling 30 %, 42,000 rows, 41,000 rows/s, 40 s left, duty 50 %",
                        "  2/6 fill users.full_name: filling 63 %, 42,000 rows, 41,000 rows/s, 40 s left, duty 50 %",
                        "  2/6 fill users.full_name: filling 96 %, 42,000 rows, 41,000 rows/s, 40 s left, duty 50 %");
    }

    @Test
    void drawsOneLineAgainAndAgainOnATerminal() {
        RunReport report = report(true, Console.Loudness.NORMAL);
        report.on(started());
        now = now.plusMillis(200);
        report.on(progress(0.5));
        report.on(finished(3));

        assertThat(text()).contains("\r\u001b[K").contains("████████████░░░░░░░░░░░░] 50 %");
        assertThat(text())
                .endsWith("\r\u001b[K  done 2/6 fill users.full_name in 1 min 12 s, 42,000 rows, lock held 3 ms"
                        + " after 1.0 s and 2 retries\n");
        assertThat(text().chars().filter(c -> c == '\n')).hasSize(1);
    }

    @Test
    void neverDrawsALineLongerThanTheTerminal() {
        RunReport report = report(true, Console.Loudness.NORMAL);
        report.on(started());
        now = now.plusSeconds(1);
        report.on(new RunEvent.WaitingForLock("1", "s", List.of(blocker()), Duration.ofSeconds(5), 2));

        String drawn = text().substring(text().lastIndexOf("\u001b[K") + 3);
        assertThat(drawn).hasSizeLessThan(80).endsWith("…");
    }

    @Test
    void namesWhoIsInTheWay() {
        RunReport report = report(false, Console.Loudness.NORMAL);
        report.on(started());
        now = now.plusSeconds(2);
        report.on(new RunEvent.WaitingForLock("1", "s", List.of(blocker(), blocker()), Duration.ofSeconds(5), 2));

        assertThat(text())
                .contains("waiting for a lock (5.0 s, nobody queues behind us): pid 4711 (app \"billing\"")
                .contains("SELECT 1, and 1 more");
    }

    @Test
    void saysNothingWhenQuiet() {
        RunReport report = report(false, Console.Loudness.QUIET);
        report.on(started());
        now = now.plusSeconds(2);
        report.on(progress(0.5));
        report.on(finished(1));

        assertThat(text()).isEmpty();
    }

    @Test
    void doesNotSayHundredPercentBeforeTheEnd() {
        RunReport report = report(false, Console.Loudness.NORMAL);
        report.on(started());
        now = now.plusSeconds(2);
        report.on(progress(0.9999));

        assertThat(text()).contains("99 %");
    }

    private RunReport report(boolean terminal, Console.Loudness loudness) {
        PrintStream stream = new PrintStream(err, true, StandardCharsets.UTF_8);
        Console console = new Console(
                new Streams(InputStream.nullInputStream(), stream, stream),
                new Console.Look(Style.PLAIN, Style.PLAIN, loudness, false),
                Redaction.byForm());
        return new RunReport(console, () -> now, terminal, 80);
    }

    private static RunEvent started() {
        StepInfo info =
                new StepInfo("s", "fill users.full_name", "", new Source("a.sql", 1, 1), List.of(), -1, -1, List.of());
        Step step = new Step.Brief(info, Step.Purpose.DDL, List.of(), List.of("SELECT 1"));
        return new RunEvent.StepStarted("1", "s", step, 2, 6);
    }

    private static RunEvent progress(double fraction) {
        return new RunEvent.BackfillProgress(
                "1", "s", "filling", 42_000, fraction, 41_000, Optional.of(Duration.ofSeconds(40)), "duty 50 %");
    }

    private static RunEvent finished(int tries) {
        return new RunEvent.StepFinished(
                "1", "s", Duration.ofSeconds(1), Duration.ofMillis(3), Duration.ofSeconds(72), 42_000, tries);
    }

    private static Blocker blocker() {
        return new Blocker(
                4711,
                Blocker.Kind.SESSION,
                "billing",
                "shop",
                "10.0.0.1",
                "idle in transaction",
                Duration.ofSeconds(12),
                "SELECT 1",
                Optional.empty(),
                List.of("users"));
    }

    private String text() {
        return err.toString(StandardCharsets.UTF_8);
    }

    private List<String> lines() {
        return text().lines().toList();
    }
}
