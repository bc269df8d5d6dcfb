package dev.sluice.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.sluice.Migrator;
import dev.sluice.PostgresPlans;
import dev.sluice.Settings;
import dev.sluice.lab.PostgresExtension;
import dev.sluice.lab.PostgresVersion;
import dev.sluice.lab.TestDatabase;
import dev.sluice.lab.TestDatabases;
import dev.sluice.migration.MigrationDirectory;
import dev.sluice.planner.PlanRefusedException;
import dev.sluice.run.UpOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What cannot be taken through safely is refused before anything runs: with the line, the hazard and a way on. */
@ExtendWith(PostgresExtension.class)
class RefusalDbTest {

    static Stream<RefusedCase> cases() {
        return AllCases.REFUSED.stream().filter(c -> c.name().contains(System.getProperty("sluice.case", "")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void isRefusedBeforeAnythingRuns(RefusedCase test, TestDatabases databases, @TempDir Path directory)
            throws SQLException, IOException {
        check(test, databases, PostgresVersion.newest(), directory);
    }

    static void check(RefusedCase test, TestDatabases databases, PostgresVersion version, Path directory)
            throws SQLException, IOException {
        TestDatabase database = databases.create(version);
        database.execute(test.schema().replace(":rows", "20"));
        String header = "-- migrate:up\n";
        Files.writeString(directory.resolve("20260101000000_case.sql"), header + test.up());
        Migrator migrator = new Migrator(
                database::connect,
                new MigrationDirectory(directory).read("native").migrations(),
                new PostgresPlans(),
                Settings.defaults(),
                event -> {});

        PlanRefusedException refused =
                catchThrowableOfType(PlanRefusedException.class, () -> migrator.up(UpOptions.all()));

        assertThat(refused).as("refused").isNotNull();
        assertThat(refused.refusals()).anySatisfy(refusal -> {
            assertThat(refusal.hazard()).isEqualTo(test.hazard());
            assertThat(refusal.source().line() - 1).as("line").isEqualTo(test.line());
            assertThat(refusal.advice()).contains(test.advice());
        });
    }
}
