package dev.sluice.lab.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.lab.PostgresSettings;
import dev.sluice.lab.PostgresVersion;
import dev.sluice.lab.bench.page.ResultsPage;
import dev.sluice.lab.bench.scenario.Scenarios;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every scenario that needs no other program, on tables so small that it takes seconds: the benchmark cannot rot. */
class ScenariosDbTest {

    @Test
    void all_scenarios_come_to_their_end_and_make_a_page(@TempDir Path directory) throws IOException {
        Tools tools = new Tools(
                PostgresVersion.newest(),
                PostgresSettings.forTests(),
                Sizes.toy(),
                directory,
                Optional.empty(),
                List.of(),
                Optional.empty(),
                List.of());
        List<Campaign.Planned> planned = new ArrayList<>();
        for (Scenario scenario : Scenarios.ALL) {
            scenario.variants(tools).stream()
                    .limit(1)
                    .forEach(variant -> planned.add(new Campaign.Planned(scenario, variant)));
        }

        Results results = new Campaign(
                        1,
                        OptionalDouble.empty(),
                        directory.resolve("results.json"),
                        System.out,
                        Map.of(),
                        List.of(),
                        List.of())
                .run(planned);

        assertThat(results.failures()).isEmpty();
        assertThat(results.samples())
                .extracting(Sample::scenario)
                .contains("backfill", "oltp", "ddl", "dual-write", "bigint-key", "runners", "lint");
        for (Scenario scenario : Scenarios.ALL) {
            List<String> keys = scenario.measures().stream().map(Measure::key).toList();
            assertThat(scenario.targets()).extracting(Target::measure).isSubsetOf(keys);
            assertThat(scenario.targets()).extracting(Target::method).isSubsetOf(scenario.methods());
            assertThat(results.samples())
                    .filteredOn(sample -> sample.scenario().equals(scenario.id()))
                    .allSatisfy(sample -> assertThat(scenario.methods()).contains(sample.method()));
        }
        new ResultsPage(Scenarios.ALL, results).write(directory);
        assertThat(Files.readString(directory.resolve("benchmarks.md"))).contains("## Targets", "Sluice");
    }
}
