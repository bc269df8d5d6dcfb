package dev.sluice.lifecycle;

import dev.sluice.lab.PostgresExtension;
import dev.sluice.lab.PostgresVersion;
import dev.sluice.lab.TestDatabases;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Takes every case through its life: on the newest PostgreSQL for what it ends in, on the oldest with both versions of
 * the application writing; in full on every version and with many rows. System property {@code sluice.case} chooses those
 * whose name contains it.
 */
@ExtendWith(PostgresExtension.class)
class OperationLifecycleDbTest {

    /** A new file of cases gets a line here. */
    private static final List<List<LifecycleCase>> ALL = List.of(ColumnCases.all(), ObjectCases.all());

    static List<LifecycleCase> cases() {
        return ALL.stream()
                .flatMap(List::stream)
                .filter(c -> c.name().contains(System.getProperty("sluice.case", "")))
                .toList();
    }

    static Stream<Arguments> everyVersion() {
        return Arrays.stream(PostgresVersion.values())
                .flatMap(v -> cases().stream().map(c -> Arguments.of(c, v)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void goesUpAndDownAndEndsAsThePlainRun(LifecycleCase test, TestDatabases databases, @TempDir Path directory)
            throws SQLException {
        new Lifecycle(test, databases, PostgresVersion.V18, directory, test.rows(), false).run();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void keepsBothVersionsWorking(LifecycleCase test, TestDatabases databases, @TempDir Path directory)
            throws SQLException {
        new Lifecycle(test, databases, PostgresVersion.V14, directory, test.rows(), true).run();
    }

    @Tag("full")
    @ParameterizedTest(name = "{0} on {1}")
    @MethodSource("everyVersion")
    void endsAsThePlainRunWithAHundredThousandRows(
            LifecycleCase test, PostgresVersion version, TestDatabases databases, @TempDir Path directory)
            throws SQLException {
        new Lifecycle(test, databases, version, directory, 100_000, false).run();
    }

    @Tag("full")
    @ParameterizedTest(name = "{0} on {1}")
    @MethodSource("everyVersion")
    void keepsBothVersionsWorkingWithAHundredThousandRows(
            LifecycleCase test, PostgresVersion version, TestDatabases databases, @TempDir Path directory)
            throws SQLException {
        new Lifecycle(test, databases, version, directory, 100_000, true).run();
    }
}
