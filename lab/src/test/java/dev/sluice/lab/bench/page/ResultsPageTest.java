package dev.sluice.lab.bench.page;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.lab.bench.Measure;
import dev.sluice.lab.bench.Results;
import dev.sluice.lab.bench.Sample;
import dev.sluice.lab.bench.Scenario;
import dev.sluice.lab.bench.Target;
import dev.sluice.lab.bench.Tools;
import dev.sluice.lab.bench.Variant;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** To write the expected files again after a change that is meant: {@code -Dsluice.golden=write}, then read the difference. */
class ResultsPageTest {

    private static final class Race implements Scenario {
        @Override
        public String id() {
            return "race";
        }

        @Override
        public String title() {
            return "A race <of two>";
        }

        @Override
        public String about() {
            return "Who runs faster.";
        }

        @Override
        public List<String> methods() {
            return List.of("hare", "tortoise");
        }

        @Override
        public String reference() {
            return "tortoise";
        }

        @Override
        public List<Measure> measures() {
            return List.of(
                    Measure.plotted("seconds", "time", "s", 1),
                    Measure.plotted("stall", "longest nap", "ms", 0),
                    Measure.listed("falls", "falls", "", 0));
        }

        @Override
        public List<Target> targets() {
            return List.of(
                    new Target("≥ 2 × tortoise", "", "hare", "seconds", Target.Form.SPEEDUP, "tortoise", 2),
                    new Target("no nap", "uphill", "hare", "stall", Target.Form.VALUE, "", 10));
        }

        @Override
        public List<Variant> variants(Tools tools) {
            return List.of();
        }
    }

    private static Results results() {
        List<Sample> samples = new ArrayList<>();
        for (int round = 1; round <= 3; round++) {
            samples.add(sample("uphill", "hare", round, Map.of("seconds", 9.0 + round, "stall", 4000.0, "falls", 0.0)));
            samples.add(sample("uphill", "tortoise", round, Map.of("seconds", 30.0 + round, "stall", 1.0)));
            samples.add(sample("downhill", "hare", round, Map.of("seconds", 8.0)));
            samples.add(sample("downhill", "tortoise", round, Map.of("seconds", 12.0 + 2 * round)));
        }
        return new Results(
                Map.of("cores", "2", "rounds", "3"),
                List.of("Without the snail: it could not be had here."),
                List.of("race: downhill, snail, round 1: IOException: not\n here"),
                samples);
    }

    private static Sample sample(String variant, String method, int round, Map<String, Double> values) {
        return new Sample("race", variant, method, round, "2026-01-0" + round + "T10:00:00Z", values);
    }

    @Test
    void the_page_shows_medians_ranges_ratios_and_missed_targets() throws IOException {
        assertGolden("race.md", new ResultsPage(List.of(new Race()), results()).markdown());
    }

    @Test
    void a_plot_has_an_axis_bars_whiskers_and_its_target() throws IOException {
        Map<String, String> plots = new ResultsPage(List.of(new Race()), results()).plots();

        assertThat(plots).containsOnlyKeys("race-seconds.svg", "race-stall.svg");
        assertGolden("race-seconds.svg", plots.getOrDefault("race-seconds.svg", ""));
        assertGolden("race-stall.svg", plots.getOrDefault("race-stall.svg", ""));
    }

    @Test
    void what_was_not_measured_is_said() {
        assertThat(new ResultsPage(List.of(new Race()), Results.none()).markdown())
                .contains("A race <of two>: not measured in this run")
                .doesNotContain("Who runs faster");
    }

    private static void assertGolden(String file, String actual) throws IOException {
        if ("write".equals(System.getProperty("sluice.golden"))) {
            Files.writeString(Path.of("src/test/resources/dev/sluice/lab/bench/page", file), actual);
            return;
        }
        try (InputStream expected = ResultsPageTest.class.getResourceAsStream(file)) {
            assertThat(expected).as(file).isNotNull();
            assertThat(actual).isEqualTo(new String(expected.readAllBytes(), StandardCharsets.UTF_8));
        }
    }
}
