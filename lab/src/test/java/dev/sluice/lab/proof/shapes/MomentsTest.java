package dev.sluice.lab.proof.shapes;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import org.junit.jupiter.api.Test;

final class MomentsTest {

    private static final DateTimeFormatter FORM = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss.SSSSSS");

    private static String ago(Duration time) {
        return "'" + FORM.format(LocalDateTime.now(ZoneOffset.UTC).minus(time)) + "'";
    }

    @Test
    void twoTimesOfTheLastMinutesAreTheSame() {
        assertThat(Moments.same(ago(Duration.ofSeconds(1)), ago(Duration.ofSeconds(3))))
                .isTrue();
        String zone = ago(Duration.ofSeconds(2)).replaceFirst("\\.\\d+'$", ".5+00'");
        assertThat(Moments.same(ago(Duration.ZERO), zone)).isTrue();
        assertThat(Moments.sameRows(
                        List.of(List.of("1", ago(Duration.ZERO))), List.of(List.of("1", ago(Duration.ofSeconds(1))))))
                .isTrue();
    }

    @Test
    void anythingElseIsItsText() {
        assertThat(Moments.same(ago(Duration.ofSeconds(1)), ago(Duration.ofHours(2))))
                .isFalse();
        assertThat(Moments.same("'2020-01-01 00:00:00'", "'2020-01-01 00:00:01'"))
                .isFalse();
        assertThat(Moments.same(ago(Duration.ZERO), "NULL")).isFalse();
        assertThat(Moments.sameRows(
                        List.of(List.of("1", ago(Duration.ZERO))), List.of(List.of("2", ago(Duration.ofSeconds(1))))))
                .isFalse();
        assertThat(Moments.sameRows(List.of(List.of("1")), List.of())).isFalse();
    }
}
