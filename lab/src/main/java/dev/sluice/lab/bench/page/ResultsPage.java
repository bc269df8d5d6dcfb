package dev.sluice.lab.bench.page;

import dev.sluice.lab.bench.Figures;
import dev.sluice.lab.bench.Measure;
import dev.sluice.lab.bench.Results;
import dev.sluice.lab.bench.Scenario;
import dev.sluice.lab.bench.Spread;
import dev.sluice.lab.bench.Target;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** {@code benchmarks.md} and its plots. */
public final class ResultsPage {
    private final List<Scenario> scenarios;
    private final Results results;

    /** @param scenarios those without samples are named as not measured */
    public ResultsPage(List<Scenario> scenarios, Results results) {
        this.scenarios = List.copyOf(scenarios);
        this.results = results;
    }

    /** Writes {@code benchmarks.md}, and the plots into {@code benchmarks/}. */
    public void write(Path directory) throws IOException {
        Path plots = Files.createDirectories(directory.resolve("benchmarks"));
        for (Map.Entry<String, String> plot : plots().entrySet()) {
            Files.writeString(plots.resolve(plot.getKey()), plot.getValue());
        }
        Files.writeString(directory.resolve("benchmarks.md"), markdown());
    }

    /** SVG by file name. */
    Map<String, String> plots() {
        Map<String, String> plots = new TreeMap<>();
        for (Scenario scenario : scenarios) {
            Figures figures = Figures.of(results, scenario.id());
            for (Measure measure : scenario.measures()) {
                if (measure.plotted()) {
                    new Plotting(scenario, figures)
                            .plot(measure)
                            .ifPresent(chart -> plots.put(file(scenario, measure), chart.svg()));
                }
            }
        }
        return plots;
    }

    String markdown() {
        List<String> parts = new ArrayList<>();
        parts.add("""
                # Benchmarks

                Made by `./dev bench`; nothing on this page is written by hand but the descriptions. All methods run on the same
                server, one after the other, within each round in another order. A figure is the median of the rounds, with the
                smallest and the largest in brackets; a ratio (×) is the median of the ratios within one round. Less is better
                everywhere. Ratios travel better to other machines than seconds do. Raw data:
                [results.json](benchmarks/results.json).
                """);
        parts.add(targets());
        for (Scenario scenario : scenarios) {
            section(scenario).ifPresent(parts::add);
        }
        parts.add(leftOut());
        parts.add(conditions());
        return String.join("\n", parts);
    }

    private String targets() {
        List<List<String>> rows = new ArrayList<>();
        for (Scenario scenario : scenarios) {
            Figures figures = Figures.of(results, scenario.id());
            for (Target target : scenario.targets()) {
                for (String variant : figures.variants()) {
                    if (target.concerns(variant)) {
                        figures.figure(variant, target)
                                .ifPresent(figure -> rows.add(List.of(
                                        scenario.title(),
                                        target.text(),
                                        variant,
                                        Numbers.withRange(figure, decimals(scenario, target)),
                                        target.isMetBy(figure.median()) ? "met" : "**missed**")));
                    }
                }
            }
        }
        long missed =
                rows.stream().filter(row -> row.get(4).equals("**missed**")).count();
        return "## Targets\n\n" + (rows.size() - missed) + " met, " + missed + " missed.\n\n"
                + MarkdownTable.of(List.of("", "target", "", "figure", ""), rows);
    }

    private static int decimals(Scenario scenario, Target target) {
        return target.form() == Target.Form.RATIO || target.form() == Target.Form.SPEEDUP
                ? 2
                : scenario.measures().stream()
                        .filter(measure -> measure.key().equals(target.measure()))
                        .mapToInt(Measure::decimals)
                        .findFirst()
                        .orElse(2);
    }

    private Optional<String> section(Scenario scenario) {
        Figures figures = Figures.of(results, scenario.id());
        if (figures.variants().isEmpty()) {
            return Optional.empty();
        }
        StringBuilder text = new StringBuilder(
                "## " + scenario.title() + "\n\n" + scenario.about().strip() + "\n\n");
        Map<String, String> plots = plots();
        for (Measure measure : scenario.measures()) {
            String file = file(scenario, measure);
            if (plots.containsKey(file)) {
                text.append("![" + scenario.title() + ": " + measure.heading() + "](benchmarks/" + file + ")\n\n");
            }
        }
        for (String variant : figures.variants()) {
            text.append("**" + variant + "**\n\n")
                    .append(table(scenario, figures, variant))
                    .append('\n');
        }
        return Optional.of(text.toString().stripTrailing() + "\n");
    }

    private static String table(Scenario scenario, Figures figures, String variant) {
        List<Measure> measures = scenario.measures().stream()
                .filter(measure -> figures.methods(variant, scenario.methods()).stream()
                        .anyMatch(method ->
                                figures.spread(variant, method, measure.key()).isPresent()))
                .toList();
        List<String> head = new ArrayList<>(List.of(""));
        measures.forEach(measure -> head.add(measure.heading()));
        List<List<String>> rows = new ArrayList<>();
        for (String method : figures.methods(variant, scenario.methods())) {
            List<String> row = new ArrayList<>(List.of(method));
            measures.forEach(measure -> row.add(cell(scenario, figures, variant, method, measure)));
            rows.add(row);
        }
        return MarkdownTable.of(head, rows);
    }

    private static String cell(Scenario scenario, Figures figures, String variant, String method, Measure measure) {
        Optional<Spread> spread = figures.spread(variant, method, measure.key());
        String ratio = method.equals(scenario.reference())
                ? ""
                : figures.ratio(variant, method, scenario.reference(), measure.key())
                        .map(r -> " = " + Numbers.text(r.median(), 2) + " ×")
                        .orElse("");
        return spread.map(s -> Numbers.withRange(s, measure.decimals()) + ratio).orElse("–");
    }

    private String leftOut() {
        List<String> lines = new ArrayList<>();
        scenarios.stream()
                .filter(scenario ->
                        Figures.of(results, scenario.id()).variants().isEmpty())
                .forEach(scenario -> lines.add("- " + scenario.title() + ": not measured in this run."));
        results.notices().forEach(notice -> lines.add("- " + oneLine(notice)));
        results.failures().forEach(failure -> lines.add("- Failed: " + oneLine(failure)));
        return lines.isEmpty() ? "" : "## Left out, and failed\n\n" + String.join("\n", lines) + "\n";
    }

    private String conditions() {
        List<String> days = results.samples().stream()
                .map(sample -> sample.at().split("T", 2)[0])
                .distinct()
                .sorted()
                .toList();
        Map<String, String> facts = new TreeMap<>(results.environment());
        facts.put("measured on", String.join(", ", days));
        return "## Conditions\n\n"
                + MarkdownTable.of(
                        List.of("", ""),
                        facts.entrySet().stream()
                                .map(fact -> List.of(fact.getKey(), oneLine(fact.getValue())))
                                .collect(Collectors.toList()))
                + "\nServer, clients and load share the machine.\n";
    }

    private static String oneLine(String text) {
        return text.strip().replaceAll("\\s+", " ").replace("|", "\\|");
    }

    private static String file(Scenario scenario, Measure measure) {
        return (scenario.id() + "-" + measure.key() + ".svg")
                .toLowerCase(Locale.ROOT)
                .replace('_', '-');
    }
}
