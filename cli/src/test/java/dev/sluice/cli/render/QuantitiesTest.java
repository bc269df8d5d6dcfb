package dev.sluice.cli.render;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QuantitiesTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    0          | 0 ms
                    999        | 999 ms
                    1000       | 1.0 s
                    9949       | 9.9 s
                    10000      | 10 s
                    59400      | 59 s
                    59600      | 1 min
                    200000     | 3 min 20 s
                    3600000    | 1 h
                    7500000    | 2 h 5 min
                    200000000  | 2 d 7 h
                    """)
    void showsTimes(long millis, String text) {
        assertThat(Quantities.time(Duration.ofMillis(millis))).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    0              | 0 bytes
                    10239          | 10239 bytes
                    10240          | 10 kB
                    1048576        | 1.0 MB
                    1288490188     | 1.2 GB
                    5497558138880  | 5.0 TB
                    """)
    void showsSizes(long bytes, String text) {
        assertThat(Quantities.bytes(bytes)).isEqualTo(text);
    }
}
