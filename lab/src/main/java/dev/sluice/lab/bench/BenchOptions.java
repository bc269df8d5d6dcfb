package dev.sluice.lab.bench;

import dev.sluice.lab.PostgresVersion;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What the command line asks for.
 *
 * @param scenarios ids; empty for all
 * @param output the directory that gets {@code benchmarks.md} and {@code benchmarks/}
 * @param resume whether samples that are there already are kept and not measured again
 */
record BenchOptions(
        List<String> scenarios,
        Action action,
        Sizes sizes,
        int rounds,
        OptionalDouble minutes,
        Path output,
        boolean resume,
        PostgresVersion postgres,
        List<String> without) {

    /** What to do. */
    enum Action {
        RUN,
        /** Only say what there is and how long it takes. */
        LIST,
        /** Only make the page again. */
        PAGE,
        HELP
    }

    private static final double QUICK_MINUTES = 4.5;
    private static final double MEDIUM_MINUTES = 40;

    static final String USAGE = """
        Usage: ./dev bench [SCENARIO...] [OPTIONS]

          --scenarios      lists the scenarios and how long each takes, and measures nothing
          --quick          one round on tiny tables, 5 minutes at most; the figures say little
          --minutes N      as much as fits into N minutes, on smaller tables than usual, the most telling first; from 25 on
                           every scenario, from 40 on with larger tables
          --rows N[,N]     rows of the tables of backfill, oltp and bigint-key
          --rounds N       rounds of each method (default 3)
          --pg VERSION     14-18 (default 18)
          --without NAME   leave out pgroll, flyway-liquibase or program; may be repeated
          --publish        write to docs/ instead of lab/target/bench
          --out DIR        write there
          --resume         keep what is there, measure only what is missing (after a run that was stopped)
          --page           only make the page of what was measured
        """;

    BenchOptions {
        scenarios = List.copyOf(scenarios);
        without = List.copyOf(without);
        Objects.requireNonNull(action);
        Objects.requireNonNull(sizes);
        Objects.requireNonNull(minutes);
        Objects.requireNonNull(output);
        Objects.requireNonNull(postgres);
        if (rounds < 1) {
            throw new IllegalArgumentException("at least one round, not " + rounds);
        }
    }

    /** @throws IllegalArgumentException that says what is wrong with them */
    static BenchOptions parse(List<String> arguments) {
        List<String> scenarios = new ArrayList<>();
        List<String> without = new ArrayList<>();
        Action action = Action.RUN;
        Optional<Sizes> preset = Optional.empty();
        List<Long> rows = List.of();
        int rounds = 3;
        OptionalDouble minutes = OptionalDouble.empty();
        Path output = Path.of("lab", "target", "bench");
        boolean resume = false;
        PostgresVersion postgres = PostgresVersion.newest();
        Arguments left = new Arguments(arguments);
        while (left.hasNext()) {
            String argument = left.next();
            switch (argument) {
                case "--scenarios" -> action = Action.LIST;
                case "--page" -> action = Action.PAGE;
                case "--help", "-h" -> action = Action.HELP;
                case "--quick" -> {
                    preset = Optional.of(Sizes.quick());
                    rounds = 1;
                    minutes = OptionalDouble.of(QUICK_MINUTES);
                }
                case "--toy" -> preset = Optional.of(Sizes.toy());
                case "--minutes" -> {
                    minutes = OptionalDouble.of(Double.parseDouble(left.value(argument)));
                    preset = Optional.of(minutes.getAsDouble() < MEDIUM_MINUTES ? Sizes.brief() : Sizes.medium());
                }
                case "--rows" ->
                    rows = Arrays.stream(left.value(argument).split(",", -1))
                            .map(text -> Long.valueOf(text.replace("_", "")))
                            .toList();
                case "--rounds" -> rounds = Integer.parseInt(left.value(argument));
                case "--pg" -> postgres = PostgresVersion.ofMajor(Integer.parseInt(left.value(argument)));
                case "--without" -> without.add(left.value(argument).toLowerCase(Locale.ROOT));
                case "--publish" -> output = Path.of("docs");
                case "--out" -> output = Path.of(left.value(argument));
                case "--resume" -> resume = true;
                default -> {
                    if (argument.startsWith("-")) {
                        throw new IllegalArgumentException("there is no option " + argument);
                    }
                    scenarios.add(argument);
                }
            }
        }
        Sizes sizes = preset.orElseGet(Sizes::full);
        return new BenchOptions(
                scenarios,
                action,
                rows.isEmpty() ? sizes : sizes.withRows(rows),
                rounds,
                minutes,
                output,
                resume,
                postgres,
                without);
    }

    private static final class Arguments {
        private final List<String> arguments;
        private int next;

        Arguments(List<String> arguments) {
            this.arguments = arguments;
        }

        boolean hasNext() {
            return next < arguments.size();
        }

        String next() {
            return arguments.get(next++);
        }

        String value(String option) {
            if (!hasNext()) {
                throw new IllegalArgumentException(option + " needs a value");
            }
            return next();
        }
    }
}
