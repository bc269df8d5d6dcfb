package dev.sluice.cli.scaffold;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class FileFormTest {
    private static final Instant NOW = Instant.parse("2026-01-31T12:00:00Z");

    @Test
    void versionsAreTimestampsThatNobodyHas() {
        assertThat(FileForm.nextVersion(List.of(), NOW)).isEqualTo("20260131120000");
        assertThat(FileForm.nextVersion(List.of("20260131120000", "20260131120001"), NOW))
                .isEqualTo("20260131120002");
    }

    @Test
    void numbersGoOnWhereAProjectCounts() {
        assertThat(FileForm.nextVersion(List.of("1", "2", "10"), NOW)).isEqualTo("11");
        assertThat(FileForm.nextVersion(List.of("0009"), NOW)).isEqualTo("0010");
        assertThat(FileForm.nextVersion(List.of("1", "1.1", "2"), NOW)).isEqualTo("3");
    }

    @Test
    void namesBecomeSnakeCase() {
        assertThat(Names.snake("AddFullNameToUsers")).isEqualTo("add_full_name_to_users");
        assertThat(Names.snake("add HTTPStatus to users!")).isEqualTo("add_http_status_to_users");
        assertThat(Names.snake("../../etc/passwd")).isEqualTo("etc_passwd");
        assertThat(Names.snake("größe")).isEqualTo("größe");
    }
}
