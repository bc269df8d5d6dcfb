package dev.sluice.migration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import org.junit.jupiter.api.Test;

final class OtherToolsTest {
    @Test
    void sqlMigrateHasAWordForNoTransaction() {
        Migration migration = Read.detected(
                        "20260131-a.sql",
                        "-- +migrate Up notransaction\nCREATE INDEX CONCURRENTLY i ON t (a);\n-- +migrate Down\nDROP INDEX i;")
                .requireValid()
                .migrations()
                .get(0);

        assertThat(migration.version()).isEqualTo("20260131");
        assertThat(migration.up().transaction()).isEqualTo(TransactionMode.OFF);
        assertThat(migration.down().orElseThrow().transaction()).isEqualTo(TransactionMode.ON);
        assertThat(migration.down().orElseThrow().sql()).isEqualTo("DROP INDEX i;");
    }

    @Test
    void nodePgMigrateSections() {
        Migration migration = Read.detected("1769860800000_a.sql", "-- Up Migration\nSELECT 1;\n-- Down Migration\n")
                .requireValid()
                .migrations()
                .get(0);

        assertThat(migration.up().sql()).isEqualTo("SELECT 1;\n");
        assertThat(migration.down().orElseThrow().sql()).isEmpty();
    }

    @Test
    void atlasDirectivesAreUnderstoodOrRefused() {
        MigrationFiles files = Read.detected(
                "atlas.sum",
                "",
                "1_a.sql",
                "-- atlas:txmode none\n\nSELECT 1;",
                "2_b.sql",
                "-- atlas:nolint\nSELECT 1;",
                "3_c.sql",
                "-- atlas:checkpoint\n\nSELECT 1;");

        assertThat(files.requireValid().migrations())
                .extracting(Migration::version, Migration::kind, m -> m.up().transaction())
                .containsExactly(
                        tuple("1", MigrationKind.VERSIONED, TransactionMode.OFF),
                        tuple("2", MigrationKind.VERSIONED, TransactionMode.ON),
                        tuple("3", MigrationKind.BASELINE, TransactionMode.ON));
        assertThat(Read.problems(Read.detected("atlas.sum", "", "1_a.sql", "-- atlas:delimiter \\n\\n\nSELECT 1;")))
                .singleElement()
                .asString()
                .startsWith("db/1_a.sql:1:1: ");
    }
}
