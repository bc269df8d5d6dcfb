package dev.sluice.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.lab.PostgresExtension;
import dev.sluice.lab.PostgresVersion;
import dev.sluice.lab.TestDatabases;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
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
 * For each operation one case, in which the runner is killed before and after each statement that it sends, in {@code up},
 * {@code contract}, {@code down} and {@code purge}; once the command goes on from there, and once {@code down} goes back.
 *
 * <p>System properties: those of {@link CrashMatrixDbTest}; {@code sluice.crash.from} counts operations here; {@code
 * sluice.crash.at} takes one statement only.
 */
@ExtendWith(PostgresExtension.class)
class EveryStatementDbTest {

    private static final CrashCounts COUNTS = new CrashCounts();
    /** Held by whoever must be the only one on the server. */
    private static final ReadWriteLock QUIET = new ReentrantReadWriteLock();

    static Stream<Arguments> operations() {
        Map<String, String> first = new LinkedHashMap<>();
        for (Map.Entry<String, String> example : OperationExamples.ALL) {
            if (!first.containsValue(example.getValue())) { // a case that stands for two operations does for both
                first.putIfAbsent(example.getKey(), example.getValue());
            }
        }
        List<Map.Entry<String, String>> all = List.copyOf(first.entrySet());
        Pattern chosen = Pattern.compile(System.getProperty("sluice.case", ""));
        return IntStream.rangeClosed(Integer.getInteger("sluice.crash.from", 1), all.size())
                .filter(n -> chosen.matcher(all.get(n - 1).getValue()).find())
                .mapToObj(n -> Arguments.of(
                        n, all.get(n - 1).getKey(), theCase(all.get(n - 1).getValue())));
    }

    private static LifecycleCase theCase(String name) {
        return AllCases.LIVED.stream()
                .filter(test -> test.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    /** Between two statements of which neither changes anything there is nothing that was not there before both. */
    @Tag("full")
    @Execution(ExecutionMode.CONCURRENT)
    @ParameterizedTest(name = "{0} {1}: {2}")
    @MethodSource("operations")
    void survivesAKillAfterEachStatementThatChangesSomething(
            int number, String operation, LifecycleCase test, TestDatabases databases, @TempDir Path directory)
            throws Exception {
        run(number, operation, test, databases, directory, true);
    }

    @Tag("full")
    @Execution(ExecutionMode.CONCURRENT)
    @ParameterizedTest(name = "{0} {1}: {2}")
    @MethodSource("operations")
    void survivesAKillBeforeAndAfterEachStatement(
            int number, String operation, LifecycleCase test, TestDatabases databases, @TempDir Path directory)
            throws Exception {
        run(number, operation, test, databases, directory, false);
    }

    private static void run(
            int number,
            String operation,
            LifecycleCase test,
            TestDatabases databases,
            Path directory,
            boolean changingOnly)
            throws Exception {
        PostgresVersion version = CrashMatrixDbTest.version(test);
        Random random = new Random(CrashMatrixDbTest.SEED + test.name().hashCode());
        CrashCounts counts = new CrashCounts();
        CrashedCase crashed = new CrashedCase(test, databases, version, directory, counts);
        List<String> failures = new ArrayList<>();
        long[] sent = {0};
        for (Sweep sweep : CrashMatrixDbTest.sweeps()) {
            for (Point point : points(crashed, sweep, changingOnly, sent, random)) {
                QUIET.readLock().lock();
                try {
                    crashed.live(sweep, point, Optional.empty(), CrashMatrixDbTest.writing(random));
                } catch (AssertionError e) {
                    failures.add(e.getMessage());
                    System.out.println("DIFFERENT " + e.getMessage());
                } finally {
                    QUIET.readLock().unlock();
                }
            }
        }
        COUNTS.add(counts);
        System.out.println("operation " + number + " " + operation + " on " + version + " '" + test + "' statements="
                + sent[0] + " " + counts);
        assertThat(failures).as("seed " + CrashMatrixDbTest.SEED).isEmpty();
    }

    /**
     * Each state of the database that a kill can leave behind has a life that goes on and one that goes back, where there are
     * two: behind a statement in the one, before the next one in the other.
     */
    private static List<Point> points(
            CrashedCase crashed, Sweep sweep, boolean changingOnly, long[] sent, Random random) throws Exception {
        long only = Long.getLong("sluice.crash.at", 0);
        List<Long> places;
        QUIET.writeLock().lock();
        try {
            long all = crashed.statements(sweep);
            sent[0] += all;
            places = only > 0
                    ? List.of(only)
                    : changingOnly
                            ? crashed.changing(sweep)
                            : LongStream.rangeClosed(1, all).boxed().toList();
        } finally {
            QUIET.writeLock().unlock();
        }
        List<Point> points = new ArrayList<>();
        int every = Integer.getInteger("sluice.crash.every", 1);
        for (int i = random.nextInt(every); i < places.size(); i += every) {
            boolean before = !changingOnly || only > 0 || sweep.isUndone() || i == 0;
            boolean after = !changingOnly || only > 0 || !sweep.isUndone() || i == places.size() - 1;
            if (before) {
                points.add(new Point(places.get(i), Point.Kind.KILLED_BEFORE));
            }
            if (after) {
                points.add(new Point(places.get(i), Point.Kind.KILLED_ANSWERED));
            }
        }
        return points;
    }

    @AfterAll
    static void tell() {
        COUNTS.tell("runner, each statement", CrashMatrixDbTest.SEED);
    }
}
