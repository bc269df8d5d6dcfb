package dev.sluice.planner;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.catalog.Catalog;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExpressionFactsTest {

    private static final Planning PLANNING = new Planning();
    private static final Catalog USERS = Planning.users(1);

    @AfterAll
    static void close() {
        PLANNING.close();
    }

    private static ExpressionFacts facts(String sql) {
        return new ExpressionFacts(Expression.parse(PLANNING.parser(), sql), USERS);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "concat(a, ' ', b)",
                "a || b",
                "coalesce(lower(a), 'x')",
                "CASE WHEN a IS NULL THEN 'x' ELSE b END",
                "split_part(a, ' ', 1)",
                "substr(a, length(split_part(a, ' ', 1)) + 2)",
                "a::text"
            })
    void someExpressionsCannotFail(String sql) {
        assertThat(facts(sql).isTotal()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a::integer",
                "a / b",
                "a * 100",
                "split_part(a, ' ', 0)",
                "substr(a, 1, -1)",
                "my_function(a)",
                "(SELECT x FROM y)"
            })
    void aCautiousAnswerIsGivenForTheRest(String sql) {
        assertThat(facts(sql).isTotal()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "random()",
                "gen_random_uuid()",
                "nextval('s')",
                "now()",
                "current_timestamp",
                "clock_timestamp()"
            })
    void timeAndChanceAreNotDeterminedByTheRow(String sql) {
        assertThat(facts(sql).isDeterminedByRow()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"now()", "current_timestamp", "'x'", "now() - interval '1 day'"})
    void aStableDefaultNeedsNoRewrite(String sql) {
        assertThat(facts(sql).isVolatile()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "concat(x, y)",
                "coalesce(x, 'd')",
                "lower(nn)",
                "nn || 'x'",
                "x IS NULL",
                "CASE WHEN x THEN nn ELSE 'y' END"
            })
    void someExpressionsAreNeverNull(String sql) {
        assertThat(facts(sql).isNeverNull(column -> column.equals("nn"))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"lower(x)", "nn || x", "nullif(nn, 'x')", "CASE WHEN nn THEN nn END", "substring(nn from 'x')"})
    void theOthersMayBeNull(String sql) {
        assertThat(facts(sql).isNeverNull(column -> column.equals("nn"))).isFalse();
    }
}
