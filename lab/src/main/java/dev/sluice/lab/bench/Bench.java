package dev.sluice.lab.bench;

import dev.sluice.lab.bench.page.ResultsPage;
import dev.sluice.lab.bench.scenario.Scenarios;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;

/** {@code ./dev bench}: measures what it is asked for, and makes the page. */
public final class Bench {
    private final BenchOptions options;
    private final PrintStream out;

    private Bench(BenchOptions options, PrintStream out) {
        this.options = options;
        this.out = out;
    }

    /** @throws IOException when results cannot be written */
    public static void main(String... arguments) throws IOException {
        try {
            BenchOptions options = BenchOptions.parse(List.of(arguments));
            System.exit(new Bench(options, System.out).run());
        } catch (IllegalArgumentException e) {
            System.err.println("bench: " + e.getMessage() + "\n\n" + BenchOptions.USAGE);
            System.exit(2);
        }
    }

    private int run() throws IOException {
        Path file = options.output().resolve("benchmarks").resolve("results.json");
        switch (options.action()) {
            case HELP -> {
                out.print(BenchOptions.USAGE);
                return 0;
            }
            case PAGE -> {
                page(Results.read(file));
                return 0;
            }
            default -> {
                return measure(file);
            }
        }
    }

    private int measure(Path file) throws IOException {
        Path scratch = Files.createTempDirectory("sluice-bench-");
        try {
            Surroundings surroundings = Surroundings.of(System.getenv(), options.without());
            Tools tools = surroundings.tools(options.postgres(), options.sizes(), scratch);
            List<Campaign.Planned> planned = planned(tools);
            tell(planned);
            if (options.action() == BenchOptions.Action.LIST) {
                return 0;
            }
            surroundings.notices().forEach(out::println);
            Results before = options.resume() && Files.exists(file) ? Results.read(file) : Results.none();
            Map<String, String> environment = surroundings.environment(tools, options.rounds());
            Results results = new Campaign(
                            options.rounds(),
                            options.minutes().isPresent()
                                    ? OptionalDouble.of(options.minutes().getAsDouble() * 60)
                                    : OptionalDouble.empty(),
                            file,
                            out,
                            environment,
                            surroundings.notices(),
                            before.samples())
                    .run(planned);
            page(results);
            results.failures().forEach(failure -> out.println("FAILED " + failure));
            return results.failures().isEmpty() ? 0 : 1;
        } finally {
            delete(scratch);
        }
    }

    /** With a limit of time: the first variant of every scenario, then the second ones. */
    private List<Campaign.Planned> planned(Tools tools) {
        List<List<Campaign.Planned>> each = new ArrayList<>();
        for (Scenario scenario : chosen()) {
            each.add(scenario.variants(tools).stream()
                    .map(variant -> new Campaign.Planned(scenario, variant))
                    .toList());
        }
        if (options.minutes().isEmpty()) {
            return each.stream().flatMap(List::stream).toList();
        }
        List<Campaign.Planned> planned = new ArrayList<>();
        int longest = each.stream().mapToInt(List::size).max().orElse(0);
        for (int i = 0; i < longest; i++) {
            for (List<Campaign.Planned> variants : each) {
                variants.stream().skip(i).findFirst().ifPresent(planned::add);
            }
        }
        return planned;
    }

    private List<Scenario> chosen() {
        List<String> known = Scenarios.ALL.stream().map(Scenario::id).toList();
        for (String id : options.scenarios()) {
            if (!known.contains(id)) {
                throw new IllegalArgumentException(
                        "there is no scenario " + id + "; there are: " + String.join(", ", known));
            }
        }
        return Scenarios.ALL.stream()
                .filter(scenario ->
                        options.scenarios().isEmpty() || options.scenarios().contains(scenario.id()))
                .toList();
    }

    private void tell(List<Campaign.Planned> planned) {
        double all = 0;
        for (Campaign.Planned one : planned) {
            double seconds = one.variant().seconds(options.rounds());
            out.printf(Locale.ROOT, "%7.1f min  %s%n", seconds / 60, one.name());
            all += seconds;
        }
        out.printf(
                Locale.ROOT,
                "%7.1f min  in all, %d rounds, on two idle cores%s%n",
                all / 60,
                options.rounds(),
                options.minutes().isPresent()
                        ? String.format(
                                Locale.ROOT,
                                "; stops after %.0f min, from top to bottom",
                                options.minutes().getAsDouble())
                        : "");
    }

    private void page(Results results) throws IOException {
        Path page = options.output().resolve("benchmarks.md");
        new ResultsPage(Scenarios.ALL, results).write(options.output());
        out.println("see " + page);
    }

    private static void delete(Path directory) throws IOException {
        Files.walkFileTree(directory, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path path, BasicFileAttributes attributes) throws IOException {
                Files.delete(path);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path path, @org.jspecify.annotations.Nullable IOException failure)
                    throws IOException {
                Files.delete(path);
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
