package dev.sluice.lab.fuzz;

import dev.sluice.lab.PostgresVersion;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** {@code ./dev fuzz [--minutes N] [--seed N] [--count N] [--pg V] [--workers N] [--raw]}; exits with 1 when a seed failed. */
public final class Fuzz {

    private static final List<String> NUMBERS = List.of("--minutes", "--seed", "--count", "--pg", "--workers");
    private static final long DEFAULT_MINUTES = 10;
    private static final long MOST_MINUTES = 100_000;
    private static final long DEFAULT_WORKERS = 2;

    private final Map<String, Long> options = new HashMap<>();
    private boolean shrink = true;

    private Fuzz() {}

    public static void main(String... arguments) {
        Fuzz fuzz = new Fuzz();
        fuzz.read(arguments);
        FuzzReport report = fuzz.run().run(System.out);
        System.out.println(report);
        if (!report.failures().isEmpty()) {
            System.exit(1);
        }
    }

    private void read(String... arguments) {
        for (int i = 0; i < arguments.length; i++) {
            if (arguments[i].equals("--raw")) {
                shrink = false;
            } else if (NUMBERS.contains(arguments[i]) && i + 1 < arguments.length) {
                options.put(arguments[i], Long.parseLong(arguments[i + 1]));
                i++;
            } else {
                throw new IllegalArgumentException("unknown or without its number: " + arguments[i]);
            }
        }
    }

    private FuzzRun run() {
        Optional<Long> count = option("--count");
        long newest = PostgresVersion.newest().major();
        return new FuzzRun(
                PostgresVersion.ofMajor((int) (long) option("--pg").orElse(newest)),
                option("--seed").orElse(System.currentTimeMillis() / 1000),
                Set.of(),
                count.orElse((long) Integer.MAX_VALUE),
                Duration.ofMinutes(option("--minutes").orElse(count.isPresent() ? MOST_MINUTES : DEFAULT_MINUTES)),
                (int) (long) option("--workers").orElse(DEFAULT_WORKERS),
                shrink);
    }

    private Optional<Long> option(String name) {
        return Optional.ofNullable(options.get(name));
    }
}
