package dev.sluice.migration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import java.time.LocalDate;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class DirectiveReaderTest {
    @Test
    void readsEveryPartOfAnAllowance() {
        Directive directive =
                one("-- sluice:allow drop-column reason=\"it is \\\"dead\\\"\" until=2027-01-31\nDROP TABLE t;");

        assertThat(directive.name()).isEqualTo(DirectiveName.ALLOW);
        assertThat(directive.argument()).isEqualTo("drop-column");
        assertThat(directive.reason()).contains("it is \"dead\"");
        assertThat(directive.until()).contains(LocalDate.of(2027, 1, 31));
        assertThat(directive.offset()).isZero();
    }

    @Test
    void meansTheNextStatementWhenItStandsRightAboveIt() {
        String sql = "CREATE TABLE a ();\n-- sluice:phase expand\nDROP TABLE t;\nDROP TABLE u;";

        assertThat(one(sql).statementOffset()).hasValue(sql.indexOf("DROP TABLE t"));
        assertThat(one(sql).appliesTo(sql.indexOf("\n--"), sql.indexOf("\nDROP TABLE u")))
                .isTrue();
        assertThat(one(sql).appliesTo(sql.indexOf("\nDROP TABLE u"), sql.length()))
                .isFalse();
        assertThat(one("-- sluice:phase expand\nDROP TABLE t;").statementOffset())
                .hasValue(23);
    }

    @Test
    void meansTheStatementItStandsIn() {
        String sql = "DROP TABLE t;\nALTER TABLE u -- sluice:phase expand\n  DROP COLUMN c;\nDROP TABLE v;";
        int offset = one(sql).statementOffset().orElseThrow();

        assertThat(offset).isBetween(sql.indexOf("ALTER"), sql.indexOf("DROP COLUMN"));
    }

    @Test
    void meansTheWholeScriptWhenABlankLineFollowsItsBlockAtTheTop() {
        assertThat(one("-- about\n-- sluice:phase expand\n-- more\n\nDROP TABLE t;")
                        .statementOffset())
                .isEmpty();
        assertThat(one("-- sluice:phase expand\r\n \t\r\nDROP TABLE t;").statementOffset())
                .isEmpty();
        assertThat(one("-- sluice:phase expand").statementOffset()).isEmpty();
        assertThat(one("SELECT 1;\n-- sluice:phase expand\n\nDROP TABLE t;").statementOffset())
                .isPresent();
    }

    @Test
    void inSectionsTheHeadOfTheFileCountsForBothAndTheHeadOfASectionForIt() {
        Migration migration = Read.one("""
                -- sluice:phase expand
                -- migrate:up
                -- sluice:strategy view

                ALTER TABLE t RENAME a TO b;
                -- migrate:down
                -- sluice:strategy copy
                ALTER TABLE t RENAME b TO a;
                """);

        assertThat(migration.up().directives())
                .extracting(Directive::argument, Directive::statementOffset)
                .containsExactly(tuple("expand", OptionalInt.empty()), tuple("view", OptionalInt.empty()));
        assertThat(migration.down().orElseThrow().directives())
                .extracting(
                        Directive::argument,
                        directive -> directive.statementOffset().isPresent())
                .containsExactly(tuple("expand", false), tuple("copy", true));
    }

    @Test
    void locksNamesTables() {
        assertThat(one("SELECT 1;\n-- sluice:locks users, \"Odd, \"\"name\"\"\" ,side.größen\nDO $$$$;"))
                .extracting(Directive::name, Directive::argument)
                .containsExactly(DirectiveName.LOCKS, "users, \"Odd, \"\"name\"\"\" ,side.größen");
    }

    @Test
    void transactionAndDependsAreAlwaysAboutTheScript() {
        Migration migration = Read.as(
                        "native",
                        "1_a.sql",
                        "",
                        "2_b.sql",
                        "SELECT 1;\n-- sluice:transaction off\n-- sluice:depends 1\nSELECT 2;")
                .requireValid()
                .migrations()
                .get(1);

        assertThat(migration.up().transaction()).isEqualTo(TransactionMode.OFF);
        assertThat(migration.dependsOn()).containsExactly("1");
        assertThat(migration.up().directives())
                .allMatch(directive -> directive.statementOffset().isEmpty());
    }

    @Test
    void dependsInTheDownScriptIsRefused() {
        assertThat(Read.problemsOf("-- migrate:up\nSELECT 1;\n-- migrate:down\n-- sluice:depends 1\nSELECT 1;"))
                .singleElement()
                .asString()
                .startsWith("db/1_a.sql:4:1: sluice:depends belongs to the up script");
        assertThat(Read.problemsOf("-- sluice:depends 1\n-- migrate:up\nSELECT 1;\n-- migrate:down\nSELECT 1;"))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT '-- sluice:nonsense';",
                "SELECT $$\n-- sluice:nonsense\n$$;",
                "SELECT E'\\'\n-- sluice:nonsense\n';",
                "SELECT \"-- sluice:nonsense\";",
                "/* /* */ sluice:nonsense */ SELECT 1;",
                "-- sluice is great\nSELECT 1;",
                "-- see sluice:allow\nSELECT 1;",
                "-- sluices: two\nSELECT 1;",
            })
    void otherTextIsNoDirective(String sql) {
        assertThat(Read.problemsOf(sql)).isEmpty();
        assertThat(Read.one(sql).up().directives()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "sluice:alow x reason=\"y\"            | did you mean sluice:allow?",
                "sluice:Allow x reason=\"y\"           | did you mean sluice:allow?",
                "sluice: allow x reason=\"y\"          | did you mean sluice:allow?",
                "sluice allow x reason=\"y\"           | with a colon",
                "sluice:ignore-everything-please      | known are sluice:allow",
                "sluice:                              | a directive has a name",
                "sluice:allow drop-table              | needs a reason",
                "sluice:allow drop-table reason=\" \"  | needs a reason",
                "sluice:allow reason=\"y\"             | something is missing",
                "sluice:allow Drop_Table reason=\"y\"  | 'Drop_Table' is not possible here",
                "sluice:allow a b reason=\"y\"         | 'b' is too much",
                "sluice:allow a reason=it is dead     | 'is' is too much",
                "sluice:allow a reason=\"y             | cannot read 'reason=\"y'",
                "sluice:allow a reason=\"y\" untill=x  | unknown option 'untill='",
                "sluice:allow a reason=y reason=z     | given twice",
                "sluice:allow a reason=y until=31.1.27 | no date",
                "sluice:allow a reason=y until=2027-02-30 | no date",
                "sluice:phase later                   | 'later' is not possible",
                "sluice:phase                         | something is missing",
                "sluice:transaction on                | sluice:transaction off",
                "sluice:strategy swap                 | 'swap' is not possible",
                "sluice:depends                       | sluice:depends <version>",
                "sluice:locks                         | '' is not possible here; the form is sluice:locks <table>[, <table>]",
                "sluice:locks users orders            | 'users orders' is not possible here",
                "sluice:locks users,                  | 'users,' is not possible here",
                "sluice:locks a.b.c                   | 'a.b.c' is not possible here",
            })
    void whatCannotBeUnderstoodIsRefusedAtItsLine(String directive, String expected) {
        List<String> problems = Read.problemsOf("SELECT 1;\n-- " + directive + "\nSELECT 2;");

        assertThat(problems)
                .singleElement()
                .asString()
                .startsWith("db/1_a.sql:2:1: ")
                .contains(expected);
    }

    @Test
    void aPlaceThatCouldMeanTwoStatementsOrNoneIsRefused() {
        assertThat(Read.problemsOf("DROP TABLE a; -- sluice:phase expand\nDROP TABLE b;"))
                .singleElement()
                .asString()
                .contains("line of its own");
        assertThat(Read.problemsOf("DROP TABLE a;\n-- sluice:phase expand\n"))
                .singleElement()
                .asString()
                .contains("no statement follows");
    }

    @Test
    void anAllowanceEndsAfterItsLastDay() {
        Migration migration = Read.one("-- sluice:allow a reason=b until=2027-01-31\nSELECT 1;");

        AllowanceDates.requireCurrent(List.of(migration), LocalDate.of(2027, 1, 31));
        assertThatThrownBy(() -> AllowanceDates.requireCurrent(List.of(migration), LocalDate.of(2027, 2, 1)))
                .isInstanceOf(InvalidMigrationsException.class)
                .hasMessageStartingWith("db/1_a.sql:1:1: the hazard 'a' was allowed until 2027-01-31");
    }

    private static Directive one(String sql) {
        List<Directive> directives = Read.one(sql).up().directives();
        assertThat(directives).hasSize(1);
        return directives.get(0);
    }
}
