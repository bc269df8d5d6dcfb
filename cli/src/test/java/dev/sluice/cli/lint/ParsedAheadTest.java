package dev.sluice.cli.lint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.SluiceException;
import dev.sluice.migration.MigrationScript;
import dev.sluice.parser.PgParser;
import dev.sluice.sql.SourceText;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class ParsedAheadTest {

    private static final PgParser PARSER = new PgParser();

    @AfterAll
    static void close() {
        PARSER.close();
    }

    @Test
    void whatIsParsedAheadComesInItsOrder() {
        List<MigrationScript> scripts = IntStream.range(0, 100)
                .mapToObj(i -> script("SELECT 1; ".repeat(i)))
                .toList();
        try (ParsedAhead ahead = new ParsedAhead(PARSER, scripts)) {
            for (int i = 0; i < 100; i++) {
                assertThat(ahead.next().statements()).hasSize(i);
            }
        }
    }

    @Test
    void aSyntaxErrorIsThrownAtItsScript() {
        try (ParsedAhead ahead = new ParsedAhead(PARSER, List.of(script("SELECT 1"), script("SELECT FROM FROM")))) {
            assertThat(ahead.next().statements()).hasSize(1);
            assertThatThrownBy(ahead::next)
                    .isInstanceOf(SluiceException.class)
                    .hasMessageContaining("syntax error at or near \"FROM\"");
        }
    }

    private static MigrationScript script(String sql) {
        return MigrationScript.of(new SourceText("a.sql", sql));
    }
}
