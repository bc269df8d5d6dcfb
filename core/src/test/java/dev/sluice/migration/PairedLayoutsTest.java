package dev.sluice.migration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import org.junit.jupiter.api.Test;

final class PairedLayoutsTest {
    @Test
    void golangMigratePairsUpAndDownOfAVersion() {
        assertThat(Read.detected("2_b.up.sql", "ub", "1_a.up.sql", "ua", "1_a.down.sql", "da", "10_c.up.sql", "")
                        .requireValid()
                        .migrations())
                .extracting(
                        Migration::version,
                        m -> m.up().sql(),
                        m -> m.down().map(MigrationScript::sql).orElse("-"))
                .containsExactly(tuple("1", "ua", "da"), tuple("2", "ub", "-"), tuple("10", "", "-"));
    }

    @Test
    void aDownWithoutAnUpIsRefused() {
        assertThat(Read.problems(Read.detected("1_a.up.sql", "", "2_b.down.sql", "")))
                .singleElement()
                .asString()
                .startsWith("db/2_b.down.sql: a down script without an up script");
        assertThat(Read.problems(Read.detected("1_a.up.sql", "", "1_a.down.sql", "", "01_b.down.sql", "")))
                .singleElement()
                .asString()
                .contains("one more down script");
    }

    @Test
    void twoUpsOfOneVersionStayTwoMigrationsWithTheirOwnDowns() {
        assertThat(Read.detected("1_a.up.sql", "", "1_a.down.sql", "a", "01_b.up.sql", "", "01_b.down.sql", "b")
                        .requireValid()
                        .migrations())
                .extracting(Migration::name, m -> m.down().orElseThrow().sql())
                .containsExactlyInAnyOrder(tuple("a", "a"), tuple("b", "b"));
    }

    @Test
    void aMigrationDoesNotTakeTheWayBackOfItsDouble() {
        assertThat(Read.detected("1_a.up.sql", "", "1_b.up.sql", "", "1_b.down.sql", "b")
                        .migrations())
                .extracting(Migration::name, m -> m.down().isPresent())
                .containsExactly(tuple("a", false), tuple("b", true));
    }

    @Test
    void sqlxTurnsTheTransactionOffInTheFirstLine() {
        assertThat(Read.detected("1_a.up.sql", "-- no-transaction\nSELECT 1;")
                        .migrations()
                        .get(0)
                        .up()
                        .transaction())
                .isEqualTo(TransactionMode.OFF);
        assertThat(Read.detected("1_a.up.sql", "SELECT 1;\n-- no-transaction")
                        .migrations()
                        .get(0)
                        .up()
                        .transaction())
                .isEqualTo(TransactionMode.ON);
    }

    @Test
    void prismaTakesTheNumberInFrontOfTheDirectoryAsVersion() {
        assertThat(Read.detected(
                                "20260131_b/migration.sql",
                                "u",
                                "20260131_b/down.sql",
                                "d",
                                "01_init/migration.sql",
                                "",
                                "migration_lock.toml",
                                "provider = \"postgresql\"")
                        .requireValid()
                        .migrations())
                .extracting(Migration::version, Migration::name, m -> m.down().isPresent())
                .containsExactly(tuple("01", "init", false), tuple("20260131000000", "b", true));
    }

    @Test
    void prismaDirectoriesWithADayForANumberComeFirstOnThatDayAsTheirNamesDo() {
        assertThat(Read.detected(
                                "20260131_b/migration.sql",
                                "",
                                "20260130235959_a/migration.sql",
                                "",
                                "20260201101010_c/migration.sql",
                                "")
                        .requireValid()
                        .migrations())
                .extracting(Migration::name)
                .containsExactly("a", "b", "c");
    }

    @Test
    void prismaDirectoriesOfOneNumberAreToldApartByTheirNames() {
        assertThat(Read.detected(
                                "20260131120000_remove/migration.sql",
                                "",
                                "20260131120000_add/migration.sql",
                                "",
                                "20260131120000_remove/down.sql",
                                "",
                                "20260131120001_next/migration.sql",
                                "")
                        .requireValid()
                        .migrations())
                .extracting(Migration::version, Migration::name, m -> m.down().isPresent())
                .containsExactly(
                        tuple("20260131120000", "add", false),
                        tuple("20260131120000.1", "remove", true),
                        tuple("20260131120001", "next", false));
    }

    @Test
    void prismaDirectoriesWhoseNamesSortOtherwiseThanTheirNumbersAreRefused() {
        assertThat(Read.problems(Read.detected("2_a/migration.sql", "", "10_b/migration.sql", "")))
                .singleElement()
                .asString()
                .startsWith("db/10_b/migration.sql: Prisma applies this before db/2_a/migration.sql");
    }

    @Test
    void dieselDropsTheDashesOfADate() {
        assertThat(Read.detected(
                                "2026-01-31-120000_add_users/up.sql",
                                "u",
                                "2026-01-31-120000_add_users/down.sql",
                                "d",
                                "2026-01-31-120000_add_users/metadata.toml",
                                "run_in_transaction = false")
                        .requireValid()
                        .migrations())
                .extracting(Migration::version, Migration::name, m -> m.down().isPresent(), m -> m.up().transaction())
                .containsExactly(tuple("20260131120000", "add_users", true, TransactionMode.OFF));
    }
}
