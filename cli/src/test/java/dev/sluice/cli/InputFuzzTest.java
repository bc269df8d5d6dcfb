package dev.sluice.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import com.sun.management.ThreadMXBean;
import dev.sluice.SluiceException;
import dev.sluice.parser.PgParser;
import dev.sluice.plan.PlanJson;
import dev.sluice.sql.Script;
import dev.sluice.sql.SourceText;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Mutations of real inputs. Whatever comes in, it is understood or refused in words that name the place: no other exception,
 * no input takes long, and none takes much memory. {@code -Dsluice.fuzz.seed=N} repeats a run, {@code
 * -Dsluice.fuzz.inputs=N} makes it longer ({@code ./dev inputs}).
 */
class InputFuzzTest {

    private static final Duration LONGEST = Duration.ofSeconds(20);

    /** Allocated on the way, not held: a parse of a few hundred characters takes some hundred kilobytes. */
    private static final long MOST_BYTES = 1L << 30;

    private static final int TELL_EVERY = 50_000;

    /** It logs each message that it does not understand. */
    private static final Logger EDITORS_LIBRARY = Logger.getLogger("org.eclipse.lsp4j");

    @TempDir
    Path directory;

    @BeforeAll
    static void quiet() {
        EDITORS_LIBRARY.setLevel(Level.OFF);
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

    /** What is being tried, for whoever looks when it does not end. */
    private record Trial(int number, InputEntrance entrance, String input, long started) {
        @Override
        public String toString() {
            return "input " + number + ", " + entrance + ": " + input;
        }
    }

    private void run(int inputs, long seed) {
        System.out.println("inputs " + inputs + ", seed " + seed);
        Random chance = new Random(seed);
        Map<InputEntrance, Integer> count = new EnumMap<>(InputEntrance.class);
        Map<InputEntrance, Integer> refused = new EnumMap<>(InputEntrance.class);
        List<String> failures = new ArrayList<>();
        AtomicReference<Trial> current = new AtomicReference<>();
        ScheduledExecutorService watch = watch(current, seed);
        try (PgParser parser = new PgParser()) {
            InputEntrance.Door door = new InputEntrance.Door(parser, directory, chance);
            for (int i = 0; i < inputs && failures.size() < 20; i++) {
                InputEntrance entrance = InputEntrance.any(chance);
                Trial trial = new Trial(i, entrance, entrance.input(chance), System.nanoTime());
                current.set(trial);
                long before = allocated();
                try {
                    entrance.enter(trial.input(), door);
                } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
                    if (e instanceof RuntimeException refusal && entrance.isRefusal(refusal)) {
                        refused.merge(entrance, 1, Integer::sum);
                    } else {
                        failures.add(trial + "\n" + e + " at "
                                + (e.getStackTrace().length == 0 ? "" : e.getStackTrace()[0]));
                    }
                }
                Duration took = Duration.ofNanos(System.nanoTime() - trial.started());
                if (took.compareTo(LONGEST) > 0 || allocated() - before > MOST_BYTES) {
                    failures.add(trial + "\ntook " + took + " and " + (allocated() - before) + " bytes");
                }
                count.merge(entrance, 1, Integer::sum);
                if ((i + 1) % TELL_EVERY == 0) {
                    System.out.println((i + 1) + " inputs, " + failures.size() + " failures");
                }
            }
        } finally {
            watch.shutdownNow();
        }
        System.out.println("seed " + seed + ": tried " + count + ", refused in their own words " + refused);
        assertThat(failures).as("seed " + seed).isEmpty();
    }

    /** Says which input it is that does not end; a thread that spins cannot be stopped. */
    private static ScheduledExecutorService watch(AtomicReference<Trial> current, long seed) {
        ScheduledExecutorService watch = Executors.newSingleThreadScheduledExecutor();
        var unused = watch.scheduleAtFixedRate(
                () -> {
                    Trial trial = current.get();
                    if (trial != null && System.nanoTime() - trial.started() > LONGEST.toNanos()) {
                        System.out.println("seed " + seed + ", still at " + trial);
                    }
                },
                LONGEST.toSeconds(),
                LONGEST.toSeconds(),
                TimeUnit.SECONDS);
        return watch;
    }

    /** By this thread since it began. */
    private static long allocated() {
        return ManagementFactory.getThreadMXBean() instanceof ThreadMXBean threads
                ? threads.getThreadAllocatedBytes(Thread.currentThread().getId())
                : 0;
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
