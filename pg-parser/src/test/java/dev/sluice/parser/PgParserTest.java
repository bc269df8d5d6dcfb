package dev.sluice.parser;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class PgParserTest {
    private static final String ONE =
            "{\"version\":180004,\"stmts\":[{\"stmt\":{\"SelectStmt\":{\"targetList\":[{\"ResTarget\":"
                    + "{\"val\":{\"A_Const\":{\"ival\":{\"ival\":1},\"location\":7}},\"location\":7}}],"
                    + "\"limitOption\":\"LIMIT_OPTION_DEFAULT\",\"op\":\"SETOP_NONE\"}}}]}";

    private static final PgParser PARSER = new PgParser();

    @AfterAll
    static void close() {
        PARSER.close();
    }

    @Test
    void parses_to_libpg_querys_json() throws PgSyntaxException {
        assertThat(PARSER.parse("SELECT 1")).isEqualTo(ONE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " \n\t", "-- nothing", "/* nothing /* at all */ */"})
    void text_without_statements_has_none(String sql) throws PgSyntaxException {
        assertThat(PARSER.parse(sql)).isEqualTo("{\"version\":180004,\"stmts\":[]}");
    }

    @Test
    void locations_are_utf8_bytes() throws PgSyntaxException {
        String tree = PARSER.parse("select 'é😀'; select 2");
        assertThat(tree)
                .contains("\"sval\":\"é😀\"")
                .contains("\"stmt_len\":15")
                .contains("\"location\":24")
                .endsWith("\"stmt_location\":17}]}");
    }

    @Test
    void syntax_errors_are_postgresqls_own_with_its_position() {
        assertSyntaxError("CREATE TABLE x (a int,, b text)", "syntax error at or near \",\"", 23);
        assertSyntaxError("select 1; selct 2", "syntax error at or near \"selct\"", 11);
        assertSyntaxError("alter table", "syntax error at end of input", 12);
        assertSyntaxError("select 'abc", "unterminated quoted string at or near \"'abc\"", 8);
        assertSyntaxError(
                "create table t (a int) partition by nothing (a)",
                "unrecognized partitioning strategy \"nothing\"",
                37);
    }

    @Test
    void positions_count_characters_not_bytes_or_utf16_units() {
        assertSyntaxError("select 'é😀' from from", "syntax error at or near \"from\"", 18);
    }

    @Test
    void nul_is_refused_instead_of_ending_the_text() {
        assertSyntaxError("select '😀\0' garbage", "invalid byte sequence for encoding \"UTF8\": 0x00", 10);
    }

    @Test
    void five_thousand_parentheses_parse_and_more_than_the_grammar_takes_is_a_syntax_error() throws PgSyntaxException {
        assertThat(PARSER.parse("select " + "(".repeat(5_000) + "1" + ")".repeat(5_000)))
                .contains("\"ival\":1");
        assertSyntaxError(
                "select " + "(".repeat(20_000) + "1" + ")".repeat(20_000), "memory exhausted at or near \"(\"", 10_004);
    }

    @Test
    void a_sum_of_five_thousand_terms_parses() throws PgSyntaxException {
        assertThat(PARSER.parse(sum(5_000))).endsWith("]}");
    }

    @Test
    void an_expression_too_deep_for_javas_stack_fails_and_leaves_the_parser_usable() throws PgSyntaxException {
        GrammarThread shallow = new GrammarThread(512 << 10);
        byte[] deep = sum(20_000).getBytes(UTF_8);
        assertThatExceptionOfType(PgSyntaxException.class)
                .isThrownBy(() -> shallow.call(pg -> pg.parse(deep)))
                .withMessage("stack depth limit exceeded");
        assertThat(shallow.call(pg -> pg.parse("SELECT 1".getBytes(UTF_8)))).isEqualTo(ONE);
        shallow.close();
    }

    @Test
    void an_expression_too_deep_for_the_stack_of_the_c_code_traps_before_it_overwrites_data() {
        GrammarThread thread = new GrammarThread(GrammarThread.STACK_BYTES);
        byte[] deep = sum(5_000).getBytes(UTF_8);
        assertThatExceptionOfType(PgSyntaxException.class)
                .isThrownBy(() -> thread.call(pg -> {
                    int top = pg.call("emscripten_stack_get_current");
                    pg.call("__set_stack_limits", top, top - (128 << 10));
                    return pg.parse(deep);
                }))
                .withMessage("stack depth limit exceeded");
        thread.close();
    }

    @Test
    void an_abort_of_the_c_code_leaves_the_parser_usable() throws PgSyntaxException {
        assertThatExceptionOfType(PgSyntaxException.class)
                .isThrownBy(() -> PARSER.parsePlpgsql("create function f() returns int language sql return 1"))
                .withMessage("the function has no body in a string");
        assertThat(PARSER.parse("SELECT 1")).isEqualTo(ONE);
    }

    @Test
    void plpgsql_bodies_parse() throws PgSyntaxException {
        String function = "create function f() returns int language plpgsql as $$ begin return 41 + 1; end $$";
        assertThat(PARSER.parsePlpgsql(function))
                .startsWith("{\"plpgsql_funcs\":[")
                .contains("\"query\":\"41 + 1\"");
        assertThat(PARSER.parsePlpgsql("do 'begin perform 1; end'")).contains("PLpgSQL_stmt_perform");
    }

    @Test
    void plpgsql_reports_errors_of_the_statement_and_of_the_body() {
        assertThatThrownBy(() -> PARSER.parsePlpgsql("do do"))
                .isInstanceOfSatisfying(
                        PgSyntaxException.class, e -> assertThat(e.cursor()).isEqualTo(4));
        assertThatThrownBy(() -> PARSER.parsePlpgsql("do $$ begin retrun 1; end $$"))
                .hasMessage("syntax error at or near \"retrun\"")
                .isInstanceOfSatisfying(
                        PgSyntaxException.class, e -> assertThat(e.cursor()).isZero());
    }

    @Test
    void fingerprints_ignore_literals_and_layout_but_not_names() throws PgSyntaxException {
        String fingerprint = PARSER.fingerprint("select * from t where a = 1");
        assertThat(fingerprint).matches("[0-9a-f]{16}");
        assertThat(PARSER.fingerprint("SELECT *\nFROM t -- all\nWHERE a = 'x'")).isEqualTo(fingerprint);
        assertThat(PARSER.fingerprint("select * from u where a = 1")).isNotEqualTo(fingerprint);
        assertThat(PARSER.fingerprint("")).isEqualTo(PARSER.fingerprint("-- nothing"));
        assertThatThrownBy(() -> PARSER.fingerprint("selct 1"))
                .isInstanceOfSatisfying(
                        PgSyntaxException.class, e -> assertThat(e.cursor()).isEqualTo(1));
    }

    @Test
    void scanning_yields_every_token_and_comment_even_if_the_text_does_not_parse() throws PgSyntaxException {
        String sql = "selct /* é */ \"a\"\"\\\", 'x\\' ; -- done\n@> $1 1.5 E'\\n' :a";
        List<PgToken> tokens = PARSER.scan(sql);
        assertThat(tokens)
                .extracting(PgToken::text)
                .containsExactly(
                        "selct",
                        "/* é */",
                        "\"a\"\"\\\"",
                        ",",
                        "'x\\'",
                        ";",
                        "-- done",
                        "@>",
                        "$1",
                        "1.5",
                        "E'\\n'",
                        ":",
                        "a");
        assertThat(tokens)
                .extracting(PgToken::kind)
                .containsExactly(
                        "IDENT",
                        "C_COMMENT",
                        "IDENT",
                        "ASCII_44",
                        "SCONST",
                        "ASCII_59",
                        "SQL_COMMENT",
                        "OPERATOR",
                        "PARAM",
                        "FCONST",
                        "SCONST",
                        "ASCII_58",
                        "IDENT");
        assertThat(tokens.get(2)).isEqualTo(new PgToken(15, 21, "\"a\"\"\\\"", "IDENT"));
        assertThat(PARSER.scan("  ")).isEmpty();
        assertThat(PARSER.scan("")).isEmpty();
    }

    @Test
    void scanning_names_keywords_by_their_kind() throws PgSyntaxException {
        assertThat(PARSER.scan("select year between"))
                .extracting(PgToken::kind)
                .containsExactly("RESERVED_KEYWORD", "UNRESERVED_KEYWORD", "COL_NAME_KEYWORD");
    }

    @Test
    void scanning_an_unclosed_quote_is_a_syntax_error() {
        assertThatThrownBy(() -> PARSER.scan("selct 'é \"abc"))
                .hasMessage("unterminated quoted string at or near \"'é \"abc\"")
                .isInstanceOfSatisfying(
                        PgSyntaxException.class, e -> assertThat(e.cursor()).isEqualTo(7));
    }

    @Test
    void several_threads_get_their_own_answers() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            List<Callable<String>> calls = IntStream.range(0, 400)
                    .<Callable<String>>mapToObj(
                            i -> () -> i % 4 == 0 ? error("select " + i + " from") : PARSER.parse("select " + i + 1000))
                    .toList();
            List<Future<String>> answers = threads.invokeAll(calls);
            for (int i = 0; i < answers.size(); i++) {
                String expected = i % 4 == 0 ? "syntax error at end of input" : "\"ival\":" + i + 1000 + "}";
                assertThat(answers.get(i).get()).contains(expected);
            }
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void an_interrupted_caller_gets_its_answer_and_stays_interrupted() throws PgSyntaxException {
        Thread.currentThread().interrupt();
        assertThat(PARSER.parse("SELECT 1")).isEqualTo(ONE);
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void a_parser_that_was_told_to_load_parses_like_any_other() throws Exception {
        try (PgParser parser = new PgParser()) {
            parser.load();
            parser.load();
            assertThat(parser.parse("SELECT 1")).isEqualTo(ONE);
        }
    }

    @Test
    void a_closed_parser_says_so() {
        PgParser parser = new PgParser();
        parser.close();
        parser.close();
        assertThatIllegalStateException()
                .isThrownBy(() -> parser.parse("select 1"))
                .withMessage("this PgParser is closed");
    }

    private static void assertSyntaxError(String sql, String message, int cursor) {
        assertThatThrownBy(() -> PARSER.parse(sql))
                .hasMessage(message)
                .isInstanceOfSatisfying(
                        PgSyntaxException.class, e -> assertThat(e.cursor()).isEqualTo(cursor));
    }

    private static String sum(int terms) {
        return "select 1" + " + 1".repeat(terms - 1);
    }

    private static String error(String sql) {
        try {
            return PARSER.parse(sql);
        } catch (PgSyntaxException e) {
            return String.valueOf(e.getMessage());
        }
    }
}
