package dev.sluice.migration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.ExitCode;
import dev.sluice.SluiceException;
import dev.sluice.migration.AppliedMigration.Progress;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

final class MigrationGraphTest {
    @Test
    void ordersByNumberNotByText() {
        assertThat(order("10_c.sql", "", "9_b.sql", "", "0008_a.sql", "")).containsExactly("0008", "9", "10");
    }

    @Test
    void whatAMigrationDependsOnComesFirst() {
        assertThat(order(
                        "1_a.sql",
                        "-- sluice:depends 3",
                        "2_b.sql",
                        "",
                        "3_c.sql",
                        "-- sluice:depends 2",
                        "4_d.sql",
                        ""))
                .containsExactly("2", "3", "1", "4");
    }

    @Test
    void twoFilesWithOneVersionAreBothNamed() {
        assertThatThrownBy(() -> order("1_a.sql", "", "01_b.sql", ""))
                .isInstanceOfSatisfying(
                        SluiceException.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.VALIDATION))
                .hasMessageContaining("db/1_a.sql")
                .hasMessageContaining("db/01_b.sql");
    }

    @Test
    void aMissingParentIsNamedAtTheDirective() {
        assertThatThrownBy(() -> order("1_a.sql", "SELECT 1;\n-- sluice:depends 7\nSELECT 2;"))
                .isInstanceOf(InvalidMigrationsException.class)
                .hasMessageStartingWith("db/1_a.sql:2:1: depends on version 7");
    }

    @Test
    void aCircleIsShown() {
        assertThatThrownBy(() -> order(
                        "1_a.sql",
                        "",
                        "2_b.sql",
                        "-- sluice:depends 4",
                        "3_c.sql",
                        "-- sluice:depends 2",
                        "4_d.sql",
                        "-- sluice:depends 3"))
                .hasMessageContaining("db/2_b.sql → db/4_d.sql → db/3_c.sql → db/2_b.sql");
        assertThatThrownBy(() -> order("1_a.sql", "-- sluice:depends 1"))
                .hasMessageContaining("db/1_a.sql → db/1_a.sql");
    }

    @Test
    void allIsPendingOnAFreshDatabase() {
        MigrationStanding standing = compare(files("1_a.sql", "", "2_b.sql", ""));

        assertThat(versions(standing.pending())).containsExactly("1", "2");
        assertThat(standing.applied()).isEmpty();
    }

    @Test
    void eachMigrationIsWhereTheJournalSaysItIs() {
        List<Migration> files = files("1_a.sql", "a", "2_b.sql", "b", "3_c.sql", "c", "4_d.sql", "d");
        MigrationStanding standing = compare(
                files,
                row(files, 0, Progress.APPLIED),
                row(files, 1, Progress.EXPANDED),
                row(files, 2, Progress.UNDERWAY));

        assertThat(versions(standing.applied())).containsExactly("1");
        assertThat(versions(standing.expanded())).containsExactly("2");
        assertThat(versions(standing.underway())).containsExactly("3");
        assertThat(versions(standing.pending())).containsExactly("4");
    }

    @Test
    void anEditedScriptIsRefusedWithBothChecksums() {
        List<Migration> files = files("1_a.sql", "new text");
        String before = files("1_a.sql", "old text").get(0).checksum();

        for (Progress progress : Progress.values()) {
            assertThatThrownBy(() -> compare(files, new AppliedMigration("1", before, progress)))
                    .isInstanceOf(InvalidMigrationsException.class)
                    .hasMessageContaining("db/1_a.sql")
                    .hasMessageContaining(before)
                    .hasMessageContaining(files.get(0).checksum())
                    .hasMessageContaining("git checkout db/1_a.sql");
        }
    }

    @Test
    void anAppliedMigrationWithoutAFileIsRefused() {
        assertThatThrownBy(() -> compare(files("2_b.sql", ""), new AppliedMigration("1", "x", Progress.APPLIED)))
                .hasMessageContaining("version 1: is in the database, and its file is gone");
    }

    @Test
    void aMigrationOlderThanAnAppliedOneIsRefusedUnlessAllowed() {
        List<Migration> files = files("1_a.sql", "", "2_b.sql", "", "3_c.sql", "");
        AppliedMigration last = row(files, 2, Progress.APPLIED);
        AppliedMigration first = row(files, 0, Progress.APPLIED);

        assertThatThrownBy(() -> compare(files, last, first))
                .hasMessageContaining("db/2_b.sql: is not applied, but the later db/3_c.sql is")
                .hasMessageContaining("--out-of-order")
                .hasMessageNotContaining("db/1_a.sql: ");
        MigrationStanding standing = MigrationGraph.of(files).compare(List.of(last, first), OutOfOrder.ALLOW);
        assertThat(versions(standing.pending())).containsExactly("2");
        assertThat(versions(standing.applied())).containsExactly("1", "3");
    }

    @Test
    void aVersionIsTheSameHoweverItIsWritten() {
        List<Migration> files = files("001_a.sql", "", "2_b.sql", "");

        assertThat(versions(
                        compare(files, new AppliedMigration("1", files.get(0).checksum(), Progress.APPLIED))
                                .pending()))
                .containsExactly("2");
    }

    @Test
    void everyProblemIsToldAtOnce() {
        List<Migration> files = files("1_a.sql", "new", "2_b.sql", "", "3_c.sql", "");

        assertThatThrownBy(() -> compare(
                        files,
                        new AppliedMigration("1", "old", Progress.APPLIED),
                        row(files, 2, Progress.APPLIED),
                        new AppliedMigration("9", "x", Progress.APPLIED)))
                .isInstanceOfSatisfying(
                        InvalidMigrationsException.class,
                        e -> assertThat(e.problems()).hasSize(3));
    }

    @Test
    void aRepeatableMigrationIsPendingAgainWhenItsScriptHasChanged() {
        List<Migration> files = files("V1__a.sql", "", "R__v.sql", "new");
        AppliedMigration version = row(files, 0, Progress.APPLIED);

        assertThat(versions(compare(files, version, new AppliedMigration("R__v", "old", Progress.APPLIED))
                        .pending()))
                .containsExactly("R__v");
        assertThat(compare(files, version, row(files, 1, Progress.APPLIED)).pending())
                .isEmpty();
    }

    @Test
    void aRepeatableMigrationThatWasAppliedPutsNoVersionOutOfOrder() {
        List<Migration> files = files("V1__a.sql", "", "R__v.sql", "");

        assertThat(versions(compare(files, row(files, 1, Progress.APPLIED)).pending()))
                .containsExactly("1");
    }

    @Test
    void theHighestBaselineStandsInForVersionsOnAnEmptyDatabase() {
        List<Migration> files =
                files("V1__a.sql", "", "B1__x.sql", "", "V2__b.sql", "", "B2__y.sql", "", "V3__c.sql", "");
        MigrationStanding standing = compare(files);

        assertThat(standing.pending()).extracting(Migration::file).containsExactly("db/B2__y.sql", "db/V3__c.sql");
        assertThat(standing.notNeeded())
                .extracting(Migration::file)
                .containsExactly("db/B1__x.sql", "db/V1__a.sql", "db/V2__b.sql");
    }

    @Test
    void aBaselineIsNotForADatabaseWithVersions() {
        List<Migration> files = files("V1__a.sql", "a", "V2__b.sql", "b", "B2__y.sql", "y", "V3__c.sql", "c");
        AppliedMigration one = row(files, 0, Progress.APPLIED);
        AppliedMigration two = new AppliedMigration("2", files.get(2).checksum(), Progress.APPLIED);

        assertThat(files.get(2).file()).isEqualTo("db/V2__b.sql");
        assertThat(versions(compare(files, one).pending())).containsExactly("2", "3");
        MigrationStanding standing = compare(files, one, two);
        assertThat(versions(standing.pending())).containsExactly("3");
        assertThat(versions(standing.applied())).containsExactly("1", "2");
        assertThat(standing.notNeeded()).extracting(Migration::kind).containsExactly(MigrationKind.BASELINE);
    }

    @Test
    void aDatabaseThatBeganWithABaselineNeedsNoEarlierVersion() {
        List<Migration> files = files("V1__a.sql", "a", "V2__b.sql", "b", "B2__y.sql", "y", "V3__c.sql", "c");
        MigrationStanding standing =
                compare(files, new AppliedMigration("2", files.get(1).checksum(), Progress.APPLIED));

        assertThat(files.get(1).kind()).isEqualTo(MigrationKind.BASELINE);
        assertThat(versions(standing.pending())).containsExactly("3");
        assertThat(standing.applied()).extracting(Migration::file).containsExactly("db/B2__y.sql");
        assertThat(versions(standing.notNeeded())).containsExactly("1", "2");
    }

    @Test
    void theOrderOfVersionsIsTotal() {
        VersionOrder order = new VersionOrder();
        List<String> ascending = List.of(
                "0",
                "1",
                "1.0.1",
                "1.2",
                "1.10",
                "2",
                "10",
                "20150100000001000000",
                "R__a",
                "R__a 2",
                "R__a 10",
                "init");
        for (int i = 0; i < ascending.size(); i++) {
            for (int j = 0; j < ascending.size(); j++) {
                assertThat(Integer.signum(order.compare(ascending.get(i), ascending.get(j))))
                        .as("%s, %s", ascending.get(i), ascending.get(j))
                        .isEqualTo(Integer.compare(i, j));
            }
        }
        for (String same : List.of("1", "01", "1.0", "1_0", "1-0.0", "0001.00")) {
            assertThat(order.compare("1", same)).as(same).isZero();
            assertThat(VersionOrder.key(same)).as(same).isEqualTo("1");
        }
        assertThat(order.compare("10", "1.0")).isPositive();
        assertThat(VersionOrder.key("100")).isEqualTo("100");
        assertThat(VersionOrder.key("0.0")).isEqualTo("0");
    }

    private static List<String> order(String... files) {
        return versions(MigrationGraph.of(files(files)).order());
    }

    private static List<Migration> files(String... files) {
        return Read.detected(files).requireValid().migrations();
    }

    private static List<String> versions(List<Migration> migrations) {
        return migrations.stream().map(Migration::version).toList();
    }

    private static AppliedMigration row(List<Migration> files, int index, Progress progress) {
        return new AppliedMigration(files.get(index).version(), files.get(index).checksum(), progress);
    }

    private static MigrationStanding compare(List<Migration> files, AppliedMigration... journal) {
        return MigrationGraph.of(files).compare(Arrays.asList(journal), OutOfOrder.REFUSE);
    }
}
