package dev.sluice.migration;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

final class GooseLayoutTest {
    @Test
    void readsUpAndDown() {
        Migration migration = one("""
                -- +goose Up
                -- +goose StatementBegin
                CREATE FUNCTION f() RETURNS void LANGUAGE plpgsql AS 'BEGIN; END';
                -- +goose StatementEnd

                -- +goose Down
                DROP FUNCTION f();
                """);

        assertThat(migration.version()).isEqualTo("00001");
        assertThat(migration.up().sql()).contains("CREATE FUNCTION").doesNotContain("DROP");
        assertThat(migration.down().orElseThrow().sql()).isEqualTo("DROP FUNCTION f();\n");
        assertThat(migration.up().transaction()).isEqualTo(TransactionMode.ON);
    }

    @Test
    void noTransactionIsAboutTheFile() {
        Migration migration = one("-- +goose NO TRANSACTION\n-- +goose Up\nSELECT 1;\n-- +goose Down\nSELECT 2;");

        assertThat(migration.up().transaction()).isEqualTo(TransactionMode.OFF);
        assertThat(migration.down().orElseThrow().transaction()).isEqualTo(TransactionMode.OFF);
    }

    @Test
    void substitutionOfVariablesIsRefusedAtItsLine() {
        assertThat(problems("-- +goose Up\n-- +goose ENVSUB ON\nSELECT '${X}';"))
                .singleElement()
                .asString()
                .startsWith("db/00001_a.sql:2:1: Sluice puts no environment variables");
        assertThat(problems("-- +goose ENVSUB OFF\n-- +goose Up\nSELECT 1;")).isEmpty();
    }

    @Test
    void annotationsInStringsAreText() {
        assertThat(one("-- +goose Up\nSELECT '\n-- +goose Down\n';").down()).isEmpty();
    }

    @Test
    void wrongAnnotationsAreRefused() {
        assertThat(problems("-- +goose Up\n-- +goose StatementBegin\nSELECT 1;"))
                .hasSize(1);
        assertThat(problems("-- +goose Up\n-- +goose StatementEnd\nSELECT 1;")).hasSize(1);
        assertThat(problems("-- +goose Up\n-- +goose Dwon\nSELECT 1;"))
                .singleElement()
                .asString()
                .contains("did you mean '+goose down'?");
        assertThat(problems("SELECT 1;")).singleElement().asString().contains("-- +goose Up");
    }

    private static Migration one(String text) {
        return Read.as("goose", "00001_a.sql", text).requireValid().migrations().get(0);
    }

    private static List<String> problems(String text) {
        return Read.problems(Read.as("goose", "00001_a.sql", text));
    }
}
