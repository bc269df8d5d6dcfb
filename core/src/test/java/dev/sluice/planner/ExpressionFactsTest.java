package dev.sluice.planner;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.catalog.Catalog;
import dev.sluice.catalog.Constraint;
import dev.sluice.catalog.TypeRef;
import dev.sluice.catalog.UserType;
import dev.sluice.sql.QualifiedName;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ExpressionFactsTest {

    private static final Planning PLANNING = new Planning();
    private static final Catalog USERS = withAge(Planning.users(1));

    /** A domain with a check: {@code public.age}. */
    private static Catalog withAge(Catalog catalog) {
        UserType age = new UserType(
                QualifiedName.of("public", "age"),
                1,
                UserType.Kind.DOMAIN,
                "postgres",
                List.of(),
                List.of(),
                Optional.of(TypeRef.builtin("text", "text")),
                false,
                Optional.empty(),
                Optional.empty(),
                List.of(Constraint.plain("positive", Constraint.Kind.CHECK, List.of(), "CHECK (VALUE > '')")),
                List.of(),
                Optional.empty(),
                List.of());
        return new Catalog(
                catalog.serverVersion(),
                catalog.database(),
                catalog.currentUser(),
                catalog.searchPath(),
                catalog.tables(),
                catalog.views(),
                catalog.sequences(),
                Map.of(age.name(), age),
                catalog.functions(),
                catalog.schemas(),
                catalog.extensions(),
                catalog.publications(),
                catalog.statistics(),
                catalog.eventTriggers(),
                catalog.defaultPrivileges(),
                catalog.others(),
                catalog.dependencies());
    }

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
                "a::text",
                "'2026-01-01'::date"
            })
    void someExpressionsCannotFail(String sql) {
        assertThat(facts(sql).isTotal()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a::integer",
                "'x'::age",
                "'x'::varchar(3)",
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

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "'abc' | character varying(3)",
                "'' | varchar(1) COLLATE \"C\"",
                "'a' | text",
                "'{}' | jsonb",
                "NULL | uuid",
                "0 | bigint",
                "-32768 + 1 | text",
                "32767 | smallint",
                "0.00 | numeric(10,2)",
                "99.99 | numeric(4, 2)",
                "12345678901234567890 | numeric",
                "7 | double precision",
                "true | boolean",
                "now() | timestamp(6) without time zone",
                "CURRENT_TIMESTAMP | timestamp with time zone",
                "CURRENT_DATE | date"
            })
    void someValuesCertainlyFit(String sql, String type) {
        assertThat(facts(sql).isStorable(type, column -> "")).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "'abcd' | character varying(3)",
                "32768 | smallint",
                "99.995 | numeric(4, 2)",
                "12345678901234567890 | bigint",
                "1e400 | double precision",
                "1 | boolean",
                "now() | time with time zone",
                "LOCALTIMESTAMP | timestamp with time zone",
                "'x' | age",
                "'x' | public.age",
                "'x' | age COLLATE \"C\"",
                "NULL | age"
            })
    void othersMayNot(String sql, String type) {
        assertThat(facts(sql).isStorable(type, column -> "")).isFalse();
    }
}
