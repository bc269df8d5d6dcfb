package dev.sluice.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.sluice.SluiceException;
import dev.sluice.migration.MigrationScript;
import dev.sluice.parser.PgParser;
import dev.sluice.plan.PlanJson;
import dev.sluice.sql.Script;
import dev.sluice.sql.SourceText;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Mutations of real inputs. Whatever comes in, it is understood or refused in the words for it: no other exception, and no
 * input takes long. {@code -Dsluice.fuzz.seed=N} repeats a run, {@code -Dsluice.fuzz.inputs=N} makes it longer.
 */
class InputFuzzTest {

    private static final Duration LONGEST = Duration.ofSeconds(20);

    @TempDir
    Path directory;

    /** What takes input, and which share of it. */
    enum Entrance {
        PARSER(30),
        SCRIPT(30),
        PLAN(20),
        SETTINGS(10),
        LAYOUT(5),
        ARGUMENTS(5);

        private final int percent;

        Entrance(int percent) {
            this.percent = percent;
        }
    }

    @Test
    void aFewThousand() {
        run(Integer.getInteger("sluice.fuzz.inputs", 4000), Long.getLong("sluice.fuzz.seed", 20260131L));
    }

    @Test
    @Tag("full")
    void aMillion() {
        run(1_000_000, Long.getLong("sluice.fuzz.seed", new Random().nextLong()));
    }

    private void run(int inputs, long seed) {
        System.out.println("inputs " + inputs + ", seed " + seed);
        Random chance = new Random(seed);
        Map<Entrance, Integer> count = new EnumMap<>(Entrance.class);
        List<String> failures = new ArrayList<>();
        try (PgParser parser = new PgParser()) {
            for (int i = 0; i < inputs && failures.size() < 20; i++) {
                Entrance entrance = choose(chance);
                String input = InputMutations.mutated(samples(entrance), chance);
                Instant start = Instant.now();
                try {
                    enter(entrance, input, parser, chance);
                } catch (SluiceException documented) {
                    if (String.valueOf(documented.getMessage()).isBlank()) {
                        failures.add(entrance + " says nothing about: " + input);
                    }
                } catch (IllegalArgumentException e) {
                    if (entrance != Entrance.PLAN) {
                        failures.add(entrance + " " + e + " on: " + input);
                    }
                } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
                    failures.add("input " + i + ", " + entrance + ", " + e + " at "
                            + (e.getStackTrace().length == 0 ? "" : e.getStackTrace()[0]) + " on: " + input);
                }
                if (Duration.between(start, Instant.now()).compareTo(LONGEST) > 0) {
                    failures.add("input " + i + ", " + entrance + " took " + Duration.between(start, Instant.now())
                            + ": " + input);
                }
                count.merge(entrance, 1, Integer::sum);
            }
        }
        System.out.println("seed " + seed + ": " + count);
        assertThat(failures).as("seed " + seed).isEmpty();
    }

    private static Entrance choose(Random chance) {
        int at = chance.nextInt(100);
        for (Entrance entrance : Entrance.values()) {
            at -= entrance.percent;
            if (at < 0) {
                return entrance;
            }
        }
        throw new IllegalStateException("shares make no hundred");
    }

    private void enter(Entrance entrance, String input, PgParser parser, Random chance) {
        switch (entrance) {
            case PARSER -> Script.parse(parser, new SourceText("a.sql", input));
            case SCRIPT -> MigrationScript.read(new SourceText("a.sql", input)).checksum();
            case PLAN -> PlanJson.read(input);
            case SETTINGS -> {
                TestProject project = new TestProject(directory, Map.of()).file("sluice.toml", input);
                documented(project.sluice("plan", "--url", "postgres://nobody@127.0.0.1:1/x"), input);
            }
            case LAYOUT -> {
                String[] layouts = {"sluice", "flyway", "goose", "golang-migrate", "dbmate", "plain"};
                TestProject project = new TestProject(directory.resolve("layout"), Map.of())
                        .file("migrations/20260101000000_a.sql", input)
                        .file("migrations/V2__b.sql", input)
                        .file("migrations/000003_c.up.sql", input);
                String layout = layouts[chance.nextInt(layouts.length)];
                documented(project.sluice("lint", "--layout", layout), input);
            }
            case ARGUMENTS -> {
                String[] arguments = input.lines().limit(8).toArray(String[]::new);
                boolean starts = List.of(arguments).stream()
                        .anyMatch(word ->
                                List.of("demo", "test", "watch", "init", "new").contains(word));
                if (!starts) {
                    documented(new TestProject(directory.resolve("none"), Map.of()).sluice(arguments), input);
                }
            }
        }
    }

    private static void documented(TestProject.Said said, String input) {
        if (said.all().contains("Internal error")) {
            throw new IllegalStateException(said.all() + " on: " + input);
        }
    }

    private static List<String> samples(Entrance entrance) {
        return switch (entrance) {
            case PARSER, SCRIPT, LAYOUT -> InputMutations.SCRIPTS;
            case PLAN -> InputMutations.PLANS;
            case SETTINGS -> InputMutations.SETTINGS;
            case ARGUMENTS -> InputMutations.ARGUMENTS;
        };
    }

    /** Nesting without end is the classic way to bring a parser down. */
    @Test
    void nestingWithoutEndIsRefused() {
        try (PgParser parser = new PgParser()) {
            for (String deep : List.of(
                    "SELECT " + "(".repeat(50_000) + "1" + ")".repeat(50_000),
                    "SELECT " + "1 + ".repeat(100_000) + "1",
                    "SELECT " + "NOT ".repeat(50_000) + "true",
                    "SELECT * FROM " + "(SELECT * FROM ".repeat(5_000) + "t" + ") x".repeat(5_000),
                    "/*".repeat(100_000))) {
                assertThatCode(() -> {
                            try {
                                Script.parse(parser, new SourceText("a.sql", deep));
                            } catch (SluiceException refused) {
                                assertThat(refused.getMessage().toLowerCase(Locale.ROOT))
                                        .contains("a.sql");
                            }
                        })
                        .doesNotThrowAnyException();
            }
        }
        for (String deep : List.of("[".repeat(100_000), "{\"a\":".repeat(100_000))) {
            try {
                PlanJson.read(deep);
            } catch (IllegalArgumentException refused) {
                assertThat(refused).hasMessageContaining("plan");
            }
        }
    }
}
