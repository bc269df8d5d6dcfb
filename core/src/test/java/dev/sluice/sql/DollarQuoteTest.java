package dev.sluice.sql;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DollarQuoteTest {

    @ParameterizedTest
    @ValueSource(strings = {"", "BEGIN END", "'$sluice$'", "\"$sluice$\" $sluice1$ $sluice2", "$sluice", "$", "$$"})
    void theBodyIsOneStringWhateverIsInIt(String body) {
        String quoted = DollarQuote.of(body);

        Lexer lexer = new Lexer(quoted);
        assertThat(lexer.next()).isEqualTo(Lexer.Kind.DOLLAR_STRING);
        assertThat(lexer.terminated()).isTrue();
        assertThat(lexer.end()).isEqualTo(quoted.length());
        assertThat(quoted).contains("\n" + body + "\n");
    }
}
