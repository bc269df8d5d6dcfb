package dev.sluice.lab.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CampaignTest {

    private final List<String> ran = new ArrayList<>();

    @TempDir
    private Path directory = Path.of("");

    private record Fake(List<Variant> variants) implements Scenario {
        @Override
        public String id() {
            return "fake";
        }

        @Override
        public String title() {
            return "Fake";
        }

        @Override
        public String about() {
            return "";
        }

        @Override
        public List<String> methods() {
            return List.of("a", "b", "c");
        }

        @Override
        public String reference() {
            return "a";
        }

        @Override
        public List<Measure> measures() {
            return List.of(Measure.plotted("x", "x", "", 0));
        }

        @Override
        public List<Target> targets() {
            return List.of();
        }

        @Override
        public List<Variant> variants(Tools tools) {
            return variants;
        }
    }

    private Stage stage() {
        return new Stage() {
            @Override
            public List<Method> methods() {
                return List.of(method("a"), method("b"), method("c"));
            }

            @Override
            public void close() {
                ran.add("closed");
            }
        };
    }

    private Method method(String name) {
        return new Method(name, () -> {
            ran.add(name);
            if (name.equals("b")) {
                throw new IOException("b is broken");
            }
            return Map.of("x", 1.0);
        });
    }

    private Results run(int rounds, OptionalDouble seconds, List<Sample> before, Variant... variants)
            throws IOException {
        Fake fake = new Fake(List.of(variants));
        PrintStream nowhere = new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8);
        return new Campaign(rounds, seconds, directory.resolve("results.json"), nowhere, Map.of(), List.of(), before)
                .run(fake.variants().stream()
                        .map(variant -> new Campaign.Planned(fake, variant))
                        .toList());
    }

    @Test
    void methods_alternate_and_every_round_begins_with_another_one() throws IOException {
        run(3, OptionalDouble.empty(), List.of(), new Variant("v", 0, 0, this::stage));

        assertThat(ran).containsExactly("a", "b", "c", "b", "c", "a", "c", "a", "b", "closed");
    }

    @Test
    void what_fails_is_reported_and_the_rest_goes_on() throws IOException {
        Results results = run(
                1,
                OptionalDouble.empty(),
                List.of(),
                new Variant("broken", 0, 0, () -> {
                    throw new IOException("no stage");
                }),
                new Variant("v", 0, 0, this::stage));

        assertThat(results.failures())
                .containsExactly(
                        "fake: broken: IOException: no stage", "fake: v, b, round 1: IOException: b is broken");
        assertThat(results.samples()).extracting(Sample::method).containsExactly("a", "c");
        assertThat(Results.read(directory.resolve("results.json"))).isEqualTo(results);
    }

    @Test
    void what_was_measured_before_is_not_measured_again() throws IOException {
        Sample before = new Sample("fake", "v", "c", 1, "2026-01-01T00:00:00Z", Map.of("x", 7.0));

        Results results = run(1, OptionalDouble.empty(), List.of(before), new Variant("v", 0, 0, this::stage));

        assertThat(ran).containsExactly("a", "b", "closed");
        assertThat(results.samples()).contains(before).hasSize(2);
    }

    @Test
    void a_variant_for_which_there_is_no_time_is_left_out_and_named() throws IOException {
        Results results = run(
                1,
                OptionalDouble.of(60),
                List.of(),
                new Variant("long", 0, 1000, this::stage),
                new Variant("short", 0, 1, this::stage));

        assertThat(results.notices()).singleElement().asString().contains("fake: long was left out");
        assertThat(results.samples()).extracting(Sample::variant).containsOnly("short");
    }
}
