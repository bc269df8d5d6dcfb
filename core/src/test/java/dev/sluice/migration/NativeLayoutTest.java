package dev.sluice.migration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.sluice.sql.Position;
import java.util.List;
import org.junit.jupiter.api.Test;

final class NativeLayoutTest {
    @Test
    void sectionsBecomeUpAndDownWithThePositionsOfTheFile() {
        Migration migration = Read.one("-- migrate:up\nCREATE TABLE t ();\n\n-- migrate:down\nDROP TABLE t;\n");

        assertThat(migration.version()).isEqualTo("1");
        assertThat(migration.name()).isEqualTo("a");
        assertThat(migration.kind()).isEqualTo(MigrationKind.VERSIONED);
        assertThat(migration.up().sql()).isEqualTo("CREATE TABLE t ();\n\n");
        assertThat(migration.up().position(0)).isEqualTo(new Position("db/1_a.sql", 2, 1));
        MigrationScript down = migration.down().orElseThrow();
        assertThat(down.sql()).isEqualTo("DROP TABLE t;\n");
        assertThat(down.position(0)).isEqualTo(new Position("db/1_a.sql", 5, 1));
    }

    @Test
    void aFileWithoutMarkersIsAllUp() {
        Migration migration = Read.one("CREATE TABLE t ()");

        assertThat(migration.up().sql()).isEqualTo("CREATE TABLE t ()");
        assertThat(migration.down()).isEmpty();
    }

    @Test
    void emptyFilesAndSectionsAreLegal() {
        assertThat(Read.one("").up().sql()).isEmpty();
        assertThat(Read.one("-- migrate:up").up().sql()).isEmpty();
        assertThat(Read.one("-- migrate:up\n-- migrate:down")
                        .down()
                        .orElseThrow()
                        .sql())
                .isEmpty();
    }

    @Test
    void downMayComeFirst() {
        Migration migration = Read.one("-- migrate:down\nDROP TABLE t;\n-- migrate:up\nCREATE TABLE t ();");

        assertThat(migration.up().sql()).isEqualTo("CREATE TABLE t ();");
        assertThat(migration.down().orElseThrow().sql()).isEqualTo("DROP TABLE t;\n");
    }

    @Test
    void windowsLineEndsDoNotChangeSectionsOrChecksums() {
        String text = "-- migrate:up\nCREATE TABLE t ();\n-- migrate:down\nDROP TABLE t;\n";
        Migration unix = Read.one(text);
        Migration windows = Read.one(text.replace("\n", "\r\n"));

        assertThat(windows.up().sql()).isEqualTo("CREATE TABLE t ();\r\n");
        assertThat(windows.checksum()).isEqualTo(unix.checksum());
        assertThat(windows.down().orElseThrow().checksum())
                .isEqualTo(unix.down().orElseThrow().checksum());
    }

    @Test
    void theChecksumIsSha256OfTheUpSection() {
        String known = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

        assertThat(Read.one("abc").checksum()).isEqualTo(known);
        assertThat(Read.one("-- migrate:down\nx\n-- migrate:up\nabc").checksum())
                .isEqualTo(known);
        assertThat(Read.one("abcd").checksum()).isNotEqualTo(known);
    }

    @Test
    void aMarkerInAStringOrFunctionBodyIsText() {
        Migration migration = Read.one("""
                -- migrate:up
                SELECT '
                -- migrate:down
                ';
                CREATE FUNCTION f() RETURNS void LANGUAGE sql AS $$
                -- migrate:down
                $$;
                /*
                -- migrate:down
                */
                """);

        assertThat(migration.down()).isEmpty();
        assertThat(migration.up().sql()).startsWith("SELECT '").endsWith("*/\n");
    }

    @Test
    void transactionFalseIsAboutItsSectionOnly() {
        Migration migration = Read.one("-- migrate:up transaction:false\nSELECT 1;\n-- migrate:down\nSELECT 2;");

        assertThat(migration.up().transaction()).isEqualTo(TransactionMode.OFF);
        assertThat(migration.down().orElseThrow().transaction()).isEqualTo(TransactionMode.ON);
    }

    @Test
    void wrongMarkersAreRefusedAtTheirLine() {
        assertThat(Read.problemsOf("-- migrate:up\nSELECT 1;\n-- migrate:dwon\nSELECT 2;"))
                .singleElement()
                .asString()
                .startsWith("db/1_a.sql:3:1: 'migrate:dwon' is no marker");
        assertThat(Read.problemsOf("-- migrate:up transaction:maybe\n")).hasSize(1);
        assertThat(Read.problemsOf("SELECT 1; -- migrate:up\n"))
                .singleElement()
                .asString()
                .contains("line of its own");
        assertThat(Read.problemsOf("SELECT 1;\n-- migrate:up\n"))
                .singleElement()
                .asString()
                .startsWith("db/1_a.sql:1:1: this stands before the first marker");
        assertThat(Read.problemsOf("-- migrate:down\n"))
                .singleElement()
                .asString()
                .contains("no '-- migrate:up'");
        assertThat(Read.problemsOf("-- migrate:up\n-- migrate:down\n-- migrate:up\n"))
                .singleElement()
                .asString()
                .startsWith("db/1_a.sql:3:1: a second '-- migrate:up'");
    }

    @Test
    void gooseMarkersInANativeFileAreRefused() {
        assertThat(Read.problems(Read.as("native", "1_a.sql", "-- +goose Up\n-- +goose Down\nDROP TABLE t;")))
                .singleElement()
                .asString()
                .contains("--layout goose");
    }

    @Test
    void theVersionIsTheNumberInFront() {
        assertThat(Read.as("native", "1.10.sql", "", "0002-b c.SQL", "", "20150100000001000000_é.sql", "")
                        .requireValid()
                        .migrations())
                .extracting(Migration::version, Migration::name)
                .containsExactly(tuple("1.10", ""), tuple("0002", "b c"), tuple("20150100000001000000", "é"));
    }

    @Test
    void commandsOfPsqlAreRefusedAtTheirLine() {
        assertThat(Read.problemsOf("SELECT '\\i';\n  \\i other.sql\n"))
                .singleElement()
                .asString()
                .startsWith("db/1_a.sql:2:3: '\\i' is a command of psql");
        assertThat(Read.problemsOf("COPY t FROM stdin;\n1\t\\N\n\\.\n"))
                .singleElement()
                .asString()
                .contains("COPY … FROM STDIN");
    }

    @Test
    void aFaultInOneScriptLeavesTheOthersUsable() {
        MigrationFiles files = Read.as("native", "1_a.sql", "\\set x 1", "2_b.sql", "SELECT 1;");
        Migration second = files.migrations().get(1);

        assertThat(files.requireValid(List.of(second))).isSameAs(files);
        assertThatThrownBy(() -> files.requireValid(files.migrations()))
                .isInstanceOf(InvalidMigrationsException.class)
                .hasMessageContaining("1 | \\set x 1\n        ^");
    }

    @Test
    void dbmateWantsBothMarkers() {
        assertThat(Read.as("dbmate", "1_a.sql", "-- migrate:up\nSELECT 1;\n-- migrate:down\n")
                        .requireValid()
                        .migrations())
                .singleElement()
                .satisfies(migration -> assertThat(migration.name()).isEqualTo("a"));
        assertThat(Read.problems(Read.as("dbmate", "1_a.sql", "-- migrate:up\nSELECT 1;\n")))
                .hasSize(1);
    }
}
