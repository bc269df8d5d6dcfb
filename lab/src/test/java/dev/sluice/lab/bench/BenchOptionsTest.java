package dev.sluice.lab.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class BenchOptionsTest {

    @Test
    void nothing_means_everything_in_full_size() {
        BenchOptions options = BenchOptions.parse(List.of());

        assertThat(options.sizes()).isEqualTo(Sizes.full());
        assertThat(options.rounds()).isEqualTo(3);
        assertThat(options.scenarios()).isEmpty();
    }

    @Test
    void rows_and_rounds_belong_to_the_scenarios_that_are_named() {
        BenchOptions options =
                BenchOptions.parse(List.of("backfill", "--rows", "1_000_000,5000", "--rounds", "5", "--publish"));

        assertThat(options.scenarios()).containsExactly("backfill");
        assertThat(options.sizes().backfill()).containsExactly(1_000_000L, 5000L);
        assertThat(options.rounds()).isEqualTo(5);
        assertThat(options.output()).isEqualTo(Path.of("docs"));
    }

    @Test
    void little_time_makes_tables_small_enough_for_every_scenario() {
        assertThat(BenchOptions.parse(List.of("--minutes", "25")).sizes()).isEqualTo(Sizes.brief());
        assertThat(BenchOptions.parse(List.of("--minutes", "60")).sizes()).isEqualTo(Sizes.medium());
    }

    @Test
    void what_is_not_known_is_refused() {
        assertThatThrownBy(() -> BenchOptions.parse(List.of("--fast"))).hasMessageContaining("--fast");
        assertThatThrownBy(() -> BenchOptions.parse(List.of("--rows"))).hasMessageContaining("needs a value");
        assertThatThrownBy(() -> BenchOptions.parse(List.of("--rounds", "0"))).hasMessageContaining("round");
    }
}
