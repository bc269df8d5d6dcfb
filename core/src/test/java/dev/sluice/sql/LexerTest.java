package dev.sluice.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class LexerTest {
    @Test
    void tellsTheKindsApart() {
        assertThat(tokens("SELECT 'a' \"b\" $$c$$ -- d\n/* e */;"))
                .containsExactly(
                        "CODE SELECT ",
                        "STRING 'a'",
                        "QUOTED_IDENTIFIER \"b\"",
                        "DOLLAR_STRING $$c$$",
                        "LINE_COMMENT -- d",
                        "BLOCK_COMMENT /* e */",
                        "SEMICOLON ;");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "a doubled quote           | 'it''s -- no comment'",
                "a backslash at the end    | 'C:\\'",
                "a nested quote            | \"a\"\"; -- b\"",
                "a dollar quote with tag   | $f$ $$ -- no $g$ ; $f$",
                "an escaped quote          | E'a\\'; -- b'",
                "an escaped backslash      | e'a\\\\'",
                "a doubled one after E     | E'a'' -- b'",
                "a tag in UTF-8            | $é$ ' -- $é$",
                "a nested comment          | /* a /* ' */ -- b */",
                "a quote in a comment      | /* it's */",
            })
    void isOneTokenOrStringsOnly(String what, String sql) {
        Lexer lexer = new Lexer(sql);
        List<Lexer.Kind> kinds = new ArrayList<>();
        for (Lexer.Kind kind = lexer.next(); kind != Lexer.Kind.END; kind = lexer.next()) {
            kinds.add(kind);
            assertThat(lexer.terminated()).as(what).isTrue();
        }

        assertThat(lexer.end()).isEqualTo(sql.length());
        assertThat(kinds)
                .as(what)
                .isNotEmpty()
                .doesNotContain(
                        Lexer.Kind.CODE, Lexer.Kind.LINE_COMMENT, Lexer.Kind.SEMICOLON, Lexer.Kind.META_COMMAND);
    }

    @Test
    void escapesInAnEscapeStringGoOnInItsContinuation() {
        assertThat(tokens("E'a'\n  -- why not\n 'b\\'c'")).containsExactly("STRING E'a'\n  -- why not\n 'b\\'c'");
        assertThat(tokens("E'a' 'b\\'")).containsExactly("STRING E'a'", "STRING 'b\\'");
    }

    @Test
    void aDollarInAWordOrBeforeADigitOpensNothing() {
        assertThat(tokens("a$$b -- c")).containsExactly("CODE a$$b ", "LINE_COMMENT -- c");
        assertThat(tokens("$1 -- $2")).containsExactly("CODE $1 ", "LINE_COMMENT -- $2");
    }

    @Test
    void anEThatEndsAWordMakesNoEscapeString() {
        assertThat(tokens("type'a\\'")).containsExactly("CODE type", "STRING 'a\\'");
        assertThat(tokens("x = E'\\''")).containsExactly("CODE x = ", "STRING E'\\''");
    }

    @Test
    void aCommentStartsInsideAnOperator() {
        assertThat(tokens("1 +--x\n2")).containsExactly("CODE 1 +", "LINE_COMMENT --x", "CODE 2");
        assertThat(tokens("1 - -2 / 3")).containsExactly("CODE 1 - -2 / 3");
    }

    @Test
    void aBackslashInCodeIsACommandForPsql() {
        assertThat(tokens("SELECT 1;\n\\i other.sql\nSELECT '\\i';"))
                .containsExactly(
                        "CODE SELECT 1",
                        "SEMICOLON ;",
                        "META_COMMAND \\i other.sql",
                        "CODE SELECT ",
                        "STRING '\\i'",
                        "SEMICOLON ;");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {"'a", "E'a\\'", "\"a", "$$a$", "/* /* */", "E'a\\"})
    void whatHasNoEndRunsToTheEndOfTheText(String sql) {
        Lexer lexer = new Lexer(sql);
        lexer.next();

        assertThat(lexer.terminated()).isFalse();
        assertThat(lexer.end()).isEqualTo(sql.length());
        assertThat(lexer.next()).isEqualTo(Lexer.Kind.END);
        assertThat(lexer.next()).isEqualTo(Lexer.Kind.END);
    }

    @Test
    void tokensOfRandomTextsAreInOrderAndLeaveOnlyWhiteSpaceOut() {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        String alphabet = "'\"$-/*;\\eE a1\n\r_é";
        for (int round = 0; round < 20_000; round++) {
            StringBuilder text = new StringBuilder();
            for (int i = random.nextInt(14); i >= 0; i--) {
                text.append(alphabet.charAt(random.nextInt(alphabet.length())));
            }
            String sql = text.toString();
            Lexer lexer = new Lexer(sql);
            int last = 0;
            while (lexer.next() != Lexer.Kind.END) {
                assertThat(sql.substring(last, lexer.start()))
                        .as("seed %d: %s", seed, sql)
                        .isBlank();
                assertThat(lexer.end()).as("seed %d: %s", seed, sql).isGreaterThan(lexer.start());
                last = lexer.end();
            }
            assertThat(sql.substring(last)).as("seed %d: %s", seed, sql).isBlank();
        }
    }

    @Test
    void hardCasesTakeLinearTime() {
        for (String piece : List.of("$a ", "$", "/*", "'", "E'\\'", "--\n", "a$", "\"", "$$x")) {
            String sql = piece.repeat(3_000_000 / piece.length());
            Assertions.assertTimeout(
                    Duration.ofSeconds(5),
                    () -> {
                        Lexer lexer = new Lexer(sql);
                        Lexer.Kind kind = lexer.next();
                        while (kind != Lexer.Kind.END) {
                            kind = lexer.next();
                        }
                        assertThat(lexer.end()).isEqualTo(sql.length());
                    },
                    piece);
        }
    }

    private static List<String> tokens(String sql) {
        Lexer lexer = new Lexer(sql);
        List<String> tokens = new ArrayList<>();
        for (Lexer.Kind kind = lexer.next(); kind != Lexer.Kind.END; kind = lexer.next()) {
            tokens.add(kind + " " + sql.substring(lexer.start(), lexer.end()));
        }
        return tokens;
    }
}
