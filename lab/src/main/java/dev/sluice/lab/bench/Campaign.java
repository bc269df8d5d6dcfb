package dev.sluice.lab.bench;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * Runs variants: within a round the methods follow one another, each round beginning with another one. What is measured is
 * written to the file at once. A run that fails is reported, the others go on.
 */
final class Campaign {
    private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT);

    private final int rounds;
    private final OptionalDouble seconds;
    private final Path file;
    private final PrintStream out;
    private final List<Sample> samples;
    private final List<String> notices;
    private final List<String> failures = new ArrayList<>();
    private final Map<String, String> environment;
    private final long start = System.nanoTime();

    /** A variant of a scenario. */
    record Planned(Scenario scenario, Variant variant) {
        String name() {
            return scenario.id() + ": " + variant.name();
        }
    }

    /**
     * @param seconds after which no variant is begun that would not come to its end in time
     * @param before samples that are there already; their runs are not repeated
     */
    Campaign(
            int rounds,
            OptionalDouble seconds,
            Path file,
            PrintStream out,
            Map<String, String> environment,
            List<String> notices,
            List<Sample> before) {
        this.rounds = rounds;
        this.seconds = seconds;
        this.file = file;
        this.out = out;
        this.environment = environment;
        this.notices = new ArrayList<>(notices);
        this.samples = new ArrayList<>(before);
    }

    Results run(List<Planned> planned) throws IOException {
        for (int i = 0; i < planned.size(); i++) {
            Planned next = planned.get(i);
            say("[%d/%d] %s", i + 1, planned.size(), next.name());
            double wanted = next.variant().seconds(rounds);
            if (seconds.isPresent() && elapsed() + 0.8 * wanted > seconds.getAsDouble()) {
                notice(String.format(
                        Locale.ROOT, "%s was left out: no time left for its %.0f s.", next.name(), wanted));
                continue;
            }
            run(next);
        }
        return write();
    }

    private void run(Planned planned) throws IOException {
        try (Stage stage = planned.variant().opening().open()) {
            List<Method> methods = stage.methods();
            for (int round = 1; round <= rounds; round++) {
                if (seconds.isPresent() && elapsed() > seconds.getAsDouble()) {
                    notice(String.format(
                            Locale.ROOT, "%s has %d rounds only: no time left.", planned.name(), round - 1));
                    return;
                }
                List<Method> order = new ArrayList<>(methods);
                Collections.rotate(order, -(round - 1));
                for (Method method : order) {
                    run(planned, method, round);
                }
            }
        } catch (Exception | LinkageError | AssertionError e) {
            fail(planned.name() + ": " + reason(e));
        }
    }

    private void run(Planned planned, Method method, int round) throws IOException {
        String scenario = planned.scenario().id();
        String variant = planned.variant().name();
        if (samples.stream().anyMatch(sample -> sample.isOf(scenario, variant, method.name(), round))) {
            return;
        }
        try {
            Map<String, Double> values = method.run().run();
            samples.add(new Sample(
                    scenario,
                    variant,
                    method.name(),
                    round,
                    Instant.now().truncatedTo(ChronoUnit.SECONDS).toString(),
                    values));
            say("    round %d  %-20s %s", round, method.name(), words(planned.scenario(), values));
        } catch (Exception | LinkageError | AssertionError e) {
            fail(planned.name() + ", " + method.name() + ", round " + round + ": " + reason(e));
        }
        write();
    }

    private static String words(Scenario scenario, Map<String, Double> values) {
        List<String> words = new ArrayList<>();
        for (Measure measure : scenario.measures()) {
            Double value = values.get(measure.key());
            if (value != null) {
                words.add(measure.key() + " "
                        + String.format(Locale.ROOT, "%." + measure.decimals() + "f", value)
                        + (measure.unit().isEmpty() ? "" : " " + measure.unit()));
            }
        }
        return String.join(", ", words);
    }

    private Results write() throws IOException {
        Results results = new Results(environment, notices, failures, samples);
        results.write(file);
        return results;
    }

    private void fail(String message) {
        failures.add(message);
        say("    FAILED %s", message);
    }

    private void notice(String message) {
        notices.add(message);
        say("    %s", message);
    }

    private double elapsed() {
        return (System.nanoTime() - start) / 1e9;
    }

    private void say(String format, Object... arguments) {
        out.println(LocalTime.now(ZoneOffset.UTC).format(CLOCK) + " " + String.format(Locale.ROOT, format, arguments));
        out.flush();
    }

    private static String reason(Throwable e) {
        String message = String.valueOf(e.getMessage());
        return e.getClass().getSimpleName() + ": "
                + (message.length() > 600 ? message.substring(0, 600) + "…" : message);
    }
}
