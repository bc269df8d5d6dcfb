package dev.sluice.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.lab.PostgresExtension;
import dev.sluice.lab.PostgresVersion;
import dev.sluice.lab.TestDatabases;
import dev.sluice.lab.proof.StageFixture;
import dev.sluice.lab.proof.StageResult;
import dev.sluice.lab.proof.shapes.ShapesStage;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * The operations once more, with random statements of both versions at every step. {@code -Dsluice.case=NAME} takes one,
 * {@code -Dsluice.test.seed=N} makes other statements.
 */
@Tag("full")
@ExtendWith(PostgresExtension.class)
final class ShapesOfCasesDbTest {

    /** ON CONFLICT ON CONSTRAINT does not work on a view, which is why that strategy has to be asked for. */
    private static final Set<String> KNOWN = Set.of("rename a column by view");

    private static final long SEED = Long.getLong("sluice.test.seed", 1);

    @TestFactory
    Stream<DynamicTest> both_versions_work_at_every_step(TestDatabases databases) {
        return Stream.of(ColumnCases.all(), ObjectCases.all(), LookupCases.all())
                .flatMap(cases -> cases.stream())
                .filter(test -> test.name().contains(System.getProperty("sluice.case", "")))
                .filter(test -> !KNOWN.contains(test.name()))
                .map(test -> DynamicTest.dynamicTest(test.name(), () -> prove(databases, test)));
    }

    private static void prove(TestDatabases databases, LifecycleCase test) throws Exception {
        StageResult result = StageFixture.of(
                        databases,
                        PostgresVersion.tested(),
                        test.schema().replace(":rows", "60"),
                        test.up().replaceAll("(?i) CONCURRENTLY", ""),
                        test.down())
                .prove(new ShapesStage(6), SEED);
        assertThat(result.findings()).as("seed " + SEED).isEmpty();
    }
}
