package dev.sluice.backfill;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;

class SlotBacklogTest {

    @Test
    void without_a_limit_of_the_server_there_is_one_of_ours() {
        assertThat(SlotBacklog.of("s", 0.5e9, Optional.empty(), 1e9).utilisation())
                .isEqualTo(0.5);
        assertThat(SlotBacklog.of("s", 1.5e9, Optional.empty(), 1e9).pauses()).isFalse();
        assertThat(SlotBacklog.of("s", 2.1e9, Optional.empty(), 1e9).pauses()).isTrue();
    }

    @Test
    void with_one_it_stops_before_the_slot_is_given_up() {
        assertThat(SlotBacklog.of("s", 0.1e9, Optional.of(0.9e9), 1e9).utilisation())
                .isEqualTo(0.25);
        assertThat(SlotBacklog.of("s", 0.5e9, Optional.of(0.5e9), 1e9).utilisation())
                .isEqualTo(1.25);
        assertThat(SlotBacklog.of("s", 0.85e9, Optional.of(0.15e9), 1e9).pauses())
                .isTrue();
    }

    @Test
    void a_slot_that_is_lost_already_stops_nothing() {
        assertThat(SlotBacklog.of("s", 5e9, Optional.of(-1.0), 1e9)).isEqualTo(Pressure.NONE);
        assertThat(SlotBacklog.of("s", 5e9, Optional.of(0.0), 1e9)).isEqualTo(Pressure.NONE);
    }
}
