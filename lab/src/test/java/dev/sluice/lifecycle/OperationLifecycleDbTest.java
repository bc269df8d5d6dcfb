package dev.sluice.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.lab.PostgresExtension;
import dev.sluice.lab.PostgresVersion;
import dev.sluice.lab.TestDatabases;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Takes every case through its life. In full: on every PostgreSQL, with no rows, some and many, with and without both
 * versions of the application writing. Otherwise one case of three, with a version and a mode that change from day to day.
 *
 * <p>System properties: {@code sluice.case}, a regular expression, chooses the cases in whose name it
 * is found, {@code sluice.rotation} the day
 * (its number is in the name of each test), {@code sluice.versions} (such as {@code 14,18}), {@code sluice.rows}
 * (such as {@code 100000}) and {@code sluice.writing} ({@code nobody} or {@code both}) the part of the full matrix that runs.
 */
@ExtendWith(PostgresExtension.class)
class OperationLifecycleDbTest {

    /** From this many on, a plan does not change all rows in one transaction. */
    private static final long MANY_ROWS = 10_000;

    /** Each case has its turn on one day of so many, when more than a few are chosen: CI has a limit. */
    private static final int DAYS = 3;

    private static final int FEW = 100;

    static Stream<LifecycleCase> cases() {
        Pattern chosen = Pattern.compile(System.getProperty("sluice.case", ""));
        return AllCases.LIVED.stream().filter(c -> chosen.matcher(c.name()).find());
    }

    static List<Arguments> today() {
        long rotation =
                Long.getLong("sluice.rotation", LocalDate.now(ZoneOffset.UTC).toEpochDay());
        PostgresVersion[] versions = PostgresVersion.values();
        List<LifecycleCase> all = cases().toList();
        List<Arguments> runs = new ArrayList<>();
        for (int i = 0; i < all.size(); i++) {
            long turn = rotation + i;
            if (all.size() < FEW || Math.floorMod(turn, DAYS) == 0) {
                LifecycleCase test = all.get(i);
                PostgresVersion version = versions[Math.floorMod(turn / DAYS, versions.length)];
                PostgresVersion fitting = PostgresVersion.ofMajor(
                        Math.max(test.firstVersion(), Math.min(version.major(), test.lastVersion())));
                runs.add(Arguments.of(
                        test, fitting, Writing.values()[Math.floorMod(turn / DAYS / versions.length, 2)], rotation));
            }
        }
        return runs;
    }

    static List<Arguments> everything() {
        List<String> rows =
                List.of(System.getProperty("sluice.rows", "0,1000,100000").split(","));
        List<String> versions =
                List.of(System.getProperty("sluice.versions", "14,15,16,17,18").split(","));
        return cases().flatMap(test -> versions.stream()
                        .map(v -> PostgresVersion.ofMajor(Integer.parseInt(v)))
                        .filter(version ->
                                version.major() >= test.firstVersion() && version.major() <= test.lastVersion())
                        .flatMap(version -> rows.stream()
                                .map(Long::parseLong)
                                .filter(n -> n < MANY_ROWS || !test.fewRowsOnly())
                                .flatMap(n -> writing().map(writing -> Arguments.of(test, version, writing, n)))))
                .toList();
    }

    private static Stream<Writing> writing() {
        String chosen = System.getProperty("sluice.writing", "");
        return Arrays.stream(Writing.values()).filter(w -> w.words.startsWith(chosen));
    }

    @Execution(ExecutionMode.CONCURRENT)
    @ParameterizedTest(name = "{0} on {1}, {2}, rotation {3}")
    @MethodSource("today")
    void livesItsLife(
            LifecycleCase test,
            PostgresVersion version,
            Writing writing,
            long rotation,
            TestDatabases databases,
            @TempDir Path directory)
            throws SQLException {
        new Lifecycle(test, databases, version, directory, test.rows(), writing == Writing.BOTH_VERSIONS).run();
    }

    @Tag("full")
    @Execution(ExecutionMode.CONCURRENT)
    @ParameterizedTest(name = "{0} on {1}, {2}, {3} rows")
    @MethodSource("everything")
    void livesItsLifeEverywhere(
            LifecycleCase test,
            PostgresVersion version,
            Writing writing,
            long rows,
            TestDatabases databases,
            @TempDir Path directory)
            throws SQLException {
        new Lifecycle(test, databases, version, directory, rows, writing == Writing.BOTH_VERSIONS).run();
    }

    static List<Arguments> onEachVersion() {
        return cases().flatMap(test -> Arrays.stream(PostgresVersion.values())
                        .filter(version ->
                                version.major() >= test.firstVersion() && version.major() <= test.lastVersion())
                        .map(version -> Arguments.of(test, version)))
                .toList();
    }

    /** What is refused on some version must say so: the day would bring it to that version one day. */
    @Tag("full")
    @Execution(ExecutionMode.CONCURRENT)
    @ParameterizedTest(name = "{0} on {1}")
    @MethodSource("onEachVersion")
    void hasAPlanOnEachVersion(
            LifecycleCase test, PostgresVersion version, TestDatabases databases, @TempDir Path directory)
            throws SQLException {
        assertThat(new Lifecycle(test, databases, version, directory, test.rows(), false).plans())
                .isNotEmpty();
    }

    private enum Writing {
        NOBODY("nobody writing"),
        BOTH_VERSIONS("both versions writing");

        private final String words;

        Writing(String words) {
            this.words = words;
        }

        @Override
        public String toString() {
            return words;
        }
    }
}
