package dev.sluice.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.lab.PostgresExtension;
import dev.sluice.lab.PostgresVersion;
import dev.sluice.lab.TestDatabases;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The runner is killed before, during and after the statements it sends, in every command, and another one goes on or goes
 * back. Or its connections are cut there, and it goes on itself.
 *
 * <p>System properties: {@code sluice.case}, a regular expression, chooses the cases in whose name it is found; {@code
 * sluice.crash.seed} the random points (each failure says its own); {@code sluice.crash.lives} how many random lives each
 * case has; {@code sluice.crash.every} takes each so many-th statement in the full test (1); {@code sluice.crash.sweep} a
 * regular expression for the sweeps; {@code sluice.crash.from} the case to begin with in {@link
 * #survivesKillsAndCutsInEachCase}, which says the number of each case that it has done.
 */
@ExtendWith(PostgresExtension.class)
class CrashMatrixDbTest {

    private static final CrashCounts COUNTS = new CrashCounts();

    static final long SEED = Long.getLong("sluice.crash.seed", new Random().nextInt(1_000_000));

    /** One of each kind of work: columns and rows, names, keys, indexes, tables, other objects, data. */
    private static final Pattern DAILY = Pattern.compile(
            "^(full_name from first and last name|pgroll 9: rename table|price to cents|drop partitioned table"
                    + "|int to bigint of a serial primary key and its foreign key|pgroll 40: indexes|set not null"
                    + "|keys: no primary key, fill and delete|detach partition|things: comments come back)$");

    static List<LifecycleCase> daily() {
        return OperationLifecycleDbTest.cases()
                .filter(test -> DAILY.matcher(test.name()).find())
                .toList();
    }

    static Stream<LifecycleCase> all() {
        return OperationLifecycleDbTest.cases();
    }

    @Execution(ExecutionMode.CONCURRENT)
    @ParameterizedTest(name = "{0}")
    @MethodSource("daily")
    void survivesRandomKills(LifecycleCase test, TestDatabases databases, @TempDir Path directory) throws Exception {
        randomPoints(test, Point.Kind.KILLS, Integer.getInteger("sluice.crash.lives", 3), databases, directory);
    }

    @Execution(ExecutionMode.CONCURRENT)
    @ParameterizedTest(name = "{0}")
    @MethodSource("daily")
    void survivesRandomCuts(LifecycleCase test, TestDatabases databases, @TempDir Path directory) throws Exception {
        randomPoints(test, Point.Kind.CUTS, Integer.getInteger("sluice.crash.lives", 2), databases, directory);
    }

    @Tag("full")
    @Execution(ExecutionMode.CONCURRENT)
    @ParameterizedTest(name = "{0}")
    @MethodSource("all")
    void survivesKillsAtEveryStatement(LifecycleCase test, TestDatabases databases, @TempDir Path directory)
            throws Exception {
        everyPoint(test, Point.Kind.KILLS, databases, directory);
    }

    @Tag("full")
    @Execution(ExecutionMode.CONCURRENT)
    @ParameterizedTest(name = "{0}")
    @MethodSource("all")
    void survivesCutsAtEveryStatement(LifecycleCase test, TestDatabases databases, @TempDir Path directory)
            throws Exception {
        everyPoint(test, Point.Kind.CUTS.subList(0, 3), databases, directory);
    }

    @Tag("full")
    @Execution(ExecutionMode.CONCURRENT)
    @ParameterizedTest(name = "{0}")
    @MethodSource("daily")
    void survivesCutsAtEveryMessage(LifecycleCase test, TestDatabases databases, @TempDir Path directory)
            throws Exception {
        everyPoint(test, List.of(Point.Kind.CUT_AT_MESSAGE), databases, directory);
    }

    /** One place in each command of each case, and the next one with another seed: breadth first, for a machine that is busy. */
    @Tag("full")
    @Execution(ExecutionMode.CONCURRENT)
    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("numbered")
    void survivesKillsAndCutsInEachCase(
            int number, LifecycleCase test, TestDatabases databases, @TempDir Path directory) throws Exception {
        Random random = new Random(SEED + test.name().hashCode());
        CrashCounts counts = new CrashCounts();
        CrashedCase crashed = new CrashedCase(test, databases, version(test), directory, counts);
        List<String> failures = new ArrayList<>();
        for (Sweep sweep : sweeps()) {
            long statements = crashed.statements(sweep);
            for (int i = 0; i < Integer.getInteger("sluice.crash.lives", 1); i++) {
                List<Point.Kind> kinds = random.nextBoolean() ? Point.Kind.KILLS : Point.Kind.CUTS;
                Point point = Point.among(statements, Point.Kind.of(kinds, random), random);
                try {
                    crashed.live(sweep, point, Optional.empty(), writing(random));
                } catch (AssertionError e) {
                    failures.add(e.getMessage());
                }
            }
        }
        COUNTS.add(counts);
        System.out.println("case " + number + " on " + version(test) + " '" + test.name() + "' " + counts);
        assertThat(failures).as("seed " + SEED).isEmpty();
    }

    static Stream<Arguments> numbered() {
        List<LifecycleCase> cases = OperationLifecycleDbTest.cases().toList();
        return IntStream.rangeClosed(Integer.getInteger("sluice.crash.from", 1), cases.size())
                .mapToObj(n -> Arguments.of(n, cases.get(n - 1)));
    }

    private static void everyPoint(LifecycleCase test, List<Point.Kind> kinds, TestDatabases databases, Path directory)
            throws Exception {
        Random random = new Random(SEED + test.name().hashCode());
        long every = Long.getLong("sluice.crash.every", 1);
        CrashedCase crashed = new CrashedCase(test, databases, version(test), directory, COUNTS);
        List<String> failures = new ArrayList<>();
        for (Sweep sweep : sweeps()) {
            for (long n = 1L + random.nextInt((int) every); ; n += every) {
                Point point = new Point(n, Point.Kind.of(kinds, random));
                CrashedCase.Writing writing = writing(random);
                try {
                    if (!crashed.live(sweep, point, Optional.empty(), writing)) {
                        break;
                    }
                } catch (AssertionError e) {
                    failures.add(e.getMessage());
                }
            }
        }
        assertThat(failures).isEmpty();
    }

    private static void randomPoints(
            LifecycleCase test, List<Point.Kind> kinds, int lives, TestDatabases databases, Path directory)
            throws Exception {
        Random random = new Random(SEED + test.name().hashCode());
        CrashedCase crashed = new CrashedCase(test, databases, version(test), directory, COUNTS);
        List<Sweep> sweeps = sweeps();
        List<String> failures = new ArrayList<>();
        for (int i = 0; i < lives; i++) {
            Sweep sweep = sweeps.get(random.nextInt(sweeps.size()));
            long statements = crashed.statements(sweep);
            Point point = Point.among(statements, Point.Kind.of(kinds, random), random);
            Optional<Point> again = random.nextBoolean()
                    ? Optional.of(Point.among(statements, Point.Kind.of(kinds, random), random))
                    : Optional.empty();
            try {
                crashed.live(sweep, point, again, writing(random));
            } catch (AssertionError e) {
                failures.add(e.getMessage());
            }
        }
        assertThat(failures).as("seed " + SEED).isEmpty();
    }

    static CrashedCase.Writing writing(Random random) {
        return CrashedCase.Writing.values()[random.nextInt(CrashedCase.Writing.values().length)];
    }

    static List<Sweep> sweeps() {
        Pattern chosen = Pattern.compile(System.getProperty("sluice.crash.sweep", ""));
        return Sweep.ALL.stream().filter(s -> chosen.matcher(s.name()).find()).toList();
    }

    static PostgresVersion version(LifecycleCase test) {
        int wanted = PostgresVersion.tested().major();
        return PostgresVersion.ofMajor(Math.max(test.firstVersion(), Math.min(wanted, test.lastVersion())));
    }

    @AfterAll
    static void tell() {
        COUNTS.tell("runner", SEED);
    }
}
