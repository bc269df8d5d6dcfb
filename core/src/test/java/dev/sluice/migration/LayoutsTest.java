package dev.sluice.migration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.ExitCode;
import dev.sluice.SluiceException;
import java.util.List;
import org.junit.jupiter.api.Test;

final class LayoutsTest {
    @Test
    void detectsEachLayoutByItsFiles() {
        assertThat(Read.detected("20260131120000_a.sql", "").layout()).isEqualTo("native");
        assertThat(Read.detected("0000_a.sql", "SELECT 1;--> statement-breakpoint")
                        .layout())
                .isEqualTo("native");
        assertThat(Read.detected("1_a.sql", "-- +goose Up\nSELECT 1;").layout()).isEqualTo("goose");
        assertThat(Read.detected("1-a.sql", "-- +migrate Up\nSELECT 1;").layout())
                .isEqualTo("sql-migrate");
        assertThat(Read.detected("1_a.sql", "-- Up Migration\nSELECT 1;").layout())
                .isEqualTo("node-pg-migrate");
        assertThat(Read.detected("1_a.sql", "", "atlas.sum", "").layout()).isEqualTo("atlas");
        assertThat(Read.detected("1_a.up.sql", "", "1_a.down.sql", "").layout()).isEqualTo("golang-migrate");
        assertThat(Read.detected("V1__a.sql", "", "R__b.sql", "", "sub/V2__c.sql", "")
                        .layout())
                .isEqualTo("flyway");
        assertThat(Read.detected("01_a/migration.sql", "", "01_a/down.sql", "").layout())
                .isEqualTo("prisma");
        assertThat(Read.detected("2026-01-31-120000_a/up.sql", "", "2026-01-31-120000_a/down.sql", "")
                        .layout())
                .isEqualTo("diesel");
    }

    @Test
    void anEmptyDirectoryHasNoMigrations() {
        assertThat(Read.detected("README.md", "", ".gitkeep", "").requireValid().migrations())
                .isEmpty();
    }

    @Test
    void severalPossibleLayoutsAreNamedWithTheWayToChoose() {
        assertThatThrownBy(() -> Read.detected("V1__a.sql", "", "V2__b.sql", "", "3_c.sql", ""))
                .isInstanceOfSatisfying(
                        SluiceException.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.VALIDATION))
                .hasMessageContaining("--layout flyway")
                .hasMessageContaining("(2 of 3 files)")
                .hasMessageContaining("--layout native")
                .hasMessageNotContaining("--layout prisma");
    }

    @Test
    void aNamedLayoutTakesItsFilesAndReportsTheOthers() {
        MigrationFiles files = Read.as("flyway", "V1__a.sql", "", "3_c.sql", "");

        assertThat(files.migrations()).hasSize(1);
        assertThat(Read.problems(files)).singleElement().asString().startsWith("db/3_c.sql: this is no migration");
    }

    @Test
    void sqlOfNoLayoutIsRefused() {
        assertThatThrownBy(() -> Read.detected("schema.sql", "CREATE TABLE t ();"))
                .isInstanceOf(InvalidMigrationsException.class)
                .hasMessageContaining("schema.sql")
                .hasMessageContaining("--layout goose");
    }

    @Test
    void anUnknownLayoutSuggestsTheNearest() {
        assertThatThrownBy(() -> Read.as("flywya"))
                .isInstanceOfSatisfying(
                        SluiceException.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.USAGE))
                .hasMessageContaining("did you mean 'flyway'?");
    }

    @Test
    void filesOfOtherToolsAreFineAndUnknownOnesAreShown() {
        MigrationFiles files = Read.detected(
                "1_a.sql",
                "",
                "atlas.sum",
                "",
                ".DS_Store",
                "",
                "README",
                "",
                "migration_lock.toml",
                "",
                "notes.txt",
                "",
                "seeds/data.csv",
                "",
                "helper.js",
                "");

        assertThat(files.requireValid().unused()).containsExactly("db/helper.js", "db/notes.txt", "db/seeds/data.csv");
    }

    @Test
    void migrationsThatAreCodeAreRefused() {
        assertThat(Read.problems(Read.detected("1_a.sql", "", "00002_b.go", "", "V3__C.java", "")))
                .satisfiesExactly(
                        first -> assertThat(first)
                                .startsWith("db/00002_b.go: this seems to be a migration that is code"),
                        second -> assertThat(second).startsWith("db/V3__C.java"));
        assertThat(Read.problems(Read.detected("ae1027a6acf_add_column.py", "")))
                .hasSize(1);
    }

    @Test
    void sqlInAPlaceWhereTheLayoutDoesNotLookIsRefused() {
        assertThat(Read.problems(Read.detected("1_a.sql", "", "old/2_b.sql", "")))
                .singleElement()
                .asString()
                .startsWith("db/old/2_b.sql");
    }

    @Test
    void namesThatDifferOnlyInCaseAreRefused() {
        assertThat(Read.problems(Read.detected("1_Users.sql", "", "1_users.sql", "")))
                .singleElement()
                .asString()
                .contains("db/1_users.sql", "db/1_Users.sql", "macOS");
    }

    @Test
    void aFormatThatIsNotReadIsNamed() {
        assertThatThrownBy(() -> Read.detected("1_a.sql", "--liquibase formatted sql\n--changeset a:1\nSELECT 1;"))
                .isInstanceOf(InvalidMigrationsException.class)
                .hasMessageContaining("db/1_a.sql has markers of Liquibase formatted SQL");
    }

    @Test
    void aFileWithMarkersOfAnotherToolIsNeverRunAsAWhole() {
        for (String marker :
                List.of("-- +goose Down", "--+migrate Down", "-- Down Migration", "-- //@UNDO", "-- rambler down")) {
            for (String layout : List.of("native", "plain")) {
                assertThat(Read.problems(Read.as(layout, "1_a.sql", "SELECT 1;\n" + marker + "\nDROP TABLE t;")))
                        .as("%s as %s", marker, layout)
                        .singleElement()
                        .asString()
                        .startsWith("db/1_a.sql: has markers of");
            }
        }
        assertThat(Read.detected("1_a.sql", "SELECT 1; -- Down migration is by hand")
                        .layout())
                .isEqualTo("native");
        assertThat(Read.detected("1_a.sql", "SELECT '\n-- +goose Down\n';")
                        .requireValid()
                        .layout())
                .isEqualTo("native");
    }

    @Test
    void plainTakesAnyNamesInTheirOrder() {
        assertThat(Read.as("plain", "b 10.sql", "", "b 9.sql", "", "A.SQL", "")
                        .requireValid()
                        .migrations())
                .extracting(Migration::version)
                .containsExactly("A", "b 9", "b 10");
    }
}
