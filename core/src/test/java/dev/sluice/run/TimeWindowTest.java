package dev.sluice.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TimeWindowTest {

    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin"); // two hours ahead of UTC in July

    @ParameterizedTest
    @CsvSource({
        "01:00-05:00, 2026-07-01T00:00:00Z, true, 0",
        "01:00-05:00, 2026-06-30T22:59:59Z, false, 1",
        "01:00-05:00, 2026-07-01T03:00:00Z, false, 72000",
        "22:00-4:30,  2026-07-01T01:00:00Z, true, 0",
        "22:00-4:30,  2026-07-01T10:00:00Z, false, 36000",
        "20:00-24:00, 2026-07-01T21:59:59Z, true, 0",
        "20:00-24:00, 2026-07-01T22:00:00Z, false, 72000"
    })
    void knows_whether_it_is_open_and_when_it_will_be(String window, Instant at, boolean open, long seconds) {
        TimeWindow hours = TimeWindow.parse(window, BERLIN);
        assertThat(hours.contains(at)).isEqualTo(open);
        assertThat(hours.untilOpen(at)).isEqualTo(Duration.ofSeconds(seconds));
    }

    @ParameterizedTest
    @CsvSource({"01:00", "1-5", "25:00-26:00", "01:00-01:00", "01:00-05:00-07:00"})
    void refuses_what_is_no_window(String text) {
        assertThatThrownBy(() -> TimeWindow.parse(text, BERLIN)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void says_its_time_zone() {
        assertThat(TimeWindow.parse("1:00-05:00", BERLIN)).hasToString("01:00-05:00 Europe/Berlin");
    }
}
