package dev.sluice.lab.fuzz;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What the seeds of a run came to. Thread-safe. */
public final class FuzzReport {

    private final FuzzRun run;
    private final Instant start = Instant.now();
    private Instant end = start;
    private final Map<Verdict.Kind, Integer> kinds = new EnumMap<>(Verdict.Kind.class);
    private final Map<String, Integer> hazards = new TreeMap<>();
    private final Map<String, Integer> stages = new TreeMap<>();
    private final List<String> failures = new ArrayList<>();

    FuzzReport(FuzzRun run) {
        this.run = run;
    }

    /** How many there are with it. */
    synchronized int add(Worker.Result result) {
        kinds.merge(result.verdict().kind(), 1, Integer::sum);
        result.verdict().hazards().stream().distinct().forEach(hazard -> hazards.merge(hazard, 1, Integer::sum));
        return seeds();
    }

    synchronized String failed(long seed, Shrinker.Shrunk shrunk) {
        String text = "seed " + seed + " failed: " + shrunk.verdict().stage() + "\n"
                + shrunk.verdict().detail().indent(2) + "minimal script:\n"
                + shrunk.scenario().toString().indent(2)
                + "again: ./dev fuzz --pg " + run.version().major() + " --seed " + seed + " --count 1\n";
        failures.add(text);
        stages.merge(shrunk.verdict().stage(), 1, Integer::sum);
        return text;
    }

    synchronized void broken(Exception e) {
        failures.add("the run itself broke: " + e);
        e.printStackTrace();
    }

    synchronized void finished() {
        end = Instant.now();
    }

    /** One text for each seed that failed: script, difference, how to run it again. */
    public synchronized List<String> failures() {
        return List.copyOf(failures);
    }

    public synchronized int seeds() {
        return kinds.values().stream().mapToInt(Integer::intValue).sum();
    }

    /** Share of the valid scenarios that had a plan, in percent. */
    public synchronized long plannedPercent() {
        long valid = (long) seeds() - count(Verdict.Kind.INVALID);
        return valid == 0 ? 0 : 100 * (valid - count(Verdict.Kind.REFUSED)) / valid;
    }

    synchronized int count(Verdict.Kind kind) {
        return kinds.getOrDefault(kind, 0);
    }

    @Override
    public synchronized String toString() {
        long millis = Duration.between(start, end).toMillis();
        return String.format(
                Locale.ROOT,
                "%d seeds from %d on %s: %d proven, %d fail as the plain run does, %d refused, %d no scenario, %d FAILED;"
                        + " %d %% planned%n%d s, %d ms per seed%nrefused for: %s",
                seeds(),
                run.firstSeed(),
                run.version(),
                count(Verdict.Kind.PROVEN),
                count(Verdict.Kind.FAILS_ALIKE),
                count(Verdict.Kind.REFUSED),
                count(Verdict.Kind.INVALID),
                count(Verdict.Kind.FAILED),
                plannedPercent(),
                millis / 1000,
                seeds() == 0 ? 0 : millis / seeds(),
                hazards.entrySet().stream()
                                .sorted(Map.Entry.<String, Integer>comparingByValue()
                                        .reversed())
                                .map(e -> e.getKey() + " " + e.getValue())
                                .collect(Collectors.joining(", "))
                        + (stages.isEmpty() ? "" : "\nfailed: " + stages));
    }
}
