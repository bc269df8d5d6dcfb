package dev.sluice.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class IdentifierTest {

    @Test
    void leavesPlainNamesAlone() {
        assertThat(Identifier.quote("users")).isEqualTo("users");
        assertThat(Identifier.quote("_a$1")).isEqualTo("_a$1");
    }

    @Test
    void quotesWhatPostgresWouldFoldOrMisread() {
        assertThat(Identifier.quote("Users")).isEqualTo("\"Users\"");
        assertThat(Identifier.quote("first name")).isEqualTo("\"first name\"");
        assertThat(Identifier.quote("1st")).isEqualTo("\"1st\"");
        assertThat(Identifier.quote("$x")).isEqualTo("\"$x\"");
        assertThat(Identifier.quote("straße")).isEqualTo("\"straße\"");
        assertThat(Identifier.quote("a\"b")).isEqualTo("\"a\"\"b\"");
    }

    @Test
    void quotesKeywordsExceptUnreservedOnes() {
        assertThat(Identifier.quote("order")).isEqualTo("\"order\"");
        assertThat(Identifier.quote("user")).isEqualTo("\"user\"");
        assertThat(Identifier.quote("left")).isEqualTo("\"left\"");
        assertThat(Identifier.quote("timestamp")).isEqualTo("\"timestamp\"");
        assertThat(Identifier.quote("name")).isEqualTo("name");
        assertThat(Identifier.quote("key")).isEqualTo("key");
    }

    @Test
    void refusesWhatCannotBeAName() {
        assertThatThrownBy(() -> Identifier.quote("")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Identifier.quote("a\0b")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void literalsSurviveQuotesAndBackslashes() {
        assertThat(Identifier.literal("it's")).isEqualTo("'it''s'");
        assertThat(Identifier.literal("a\\b'")).isEqualTo(" E'a\\\\b'''");
    }

    @Test
    void countsBytesNotCharacters() {
        assertThat(Identifier.fits("x".repeat(63))).isTrue();
        assertThat(Identifier.fits("x".repeat(64))).isFalse();
        assertThat(Identifier.fits("ß".repeat(31))).isTrue();
        assertThat(Identifier.fits("ß".repeat(32))).isFalse();
        assertThat(Identifier.truncate("x" + "ß".repeat(40))).isEqualTo("x" + "ß".repeat(31));
        assertThat(Identifier.truncate("🙂".repeat(20))).isEqualTo("🙂".repeat(15));
        assertThat(Identifier.numbered("name", 12)).isEqualTo("name12");
        assertThat(Identifier.numbered("x".repeat(63), 7)).isEqualTo("x".repeat(62) + "7");
        assertThat(Identifier.numbered("ß".repeat(40), 10)).isEqualTo("ß".repeat(30) + "10");
    }

    @Test
    void sluiceNamesAreDeterministicAndFit() {
        assertThat(Identifier.sluiceName("users", "full_name")).isEqualTo("sluice_users_full_name");
        String longName = Identifier.sluiceName("ü".repeat(40), "x");
        assertThat(longName).isEqualTo(Identifier.sluiceName("ü".repeat(40), "x"));
        assertThat(longName).startsWith("sluice_ü").matches(".*_[0-9a-f]{8}");
        assertThat(longName.getBytes(StandardCharsets.UTF_8).length).isLessThanOrEqualTo(63);
        assertThat(longName).isNotEqualTo(Identifier.sluiceName("ü".repeat(40), "y"));
    }
}
