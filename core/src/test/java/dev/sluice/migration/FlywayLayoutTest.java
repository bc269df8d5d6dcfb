package dev.sluice.migration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.util.List;
import org.junit.jupiter.api.Test;

final class FlywayLayoutTest {
    @Test
    void ordersVersionsByNumberAndRepeatablesLastByName() {
        assertThat(Read.detected(
                                "V10__ten.sql",
                                "",
                                "R__b_view.sql",
                                "",
                                "V2__two.sql",
                                "",
                                "V1_1__x.sql",
                                "",
                                "R__a.sql",
                                "",
                                "sub/V1.0__one.sql",
                                "",
                                "B5__base.sql",
                                "")
                        .requireValid()
                        .migrations())
                .extracting(Migration::version, Migration::name, Migration::kind)
                .containsExactly(
                        tuple("1.0", "one", MigrationKind.VERSIONED),
                        tuple("1.1", "x", MigrationKind.VERSIONED),
                        tuple("2", "two", MigrationKind.VERSIONED),
                        tuple("5", "base", MigrationKind.BASELINE),
                        tuple("10", "ten", MigrationKind.VERSIONED),
                        tuple("R__a", "a", MigrationKind.REPEATABLE),
                        tuple("R__b view", "b view", MigrationKind.REPEATABLE));
    }

    @Test
    void anUndoScriptIsTheWayBack() {
        Migration migration = Read.detected("V1_0__a.sql", "up", "U1__a.sql", "down")
                .requireValid()
                .migrations()
                .get(0);

        assertThat(migration.down().orElseThrow().sql()).isEqualTo("down");
        assertThat(Read.problems(Read.detected("V1__a.sql", "", "U2__a.sql", "")))
                .singleElement()
                .asString()
                .contains("without an up script");
    }

    @Test
    void theConfigurationOfAScriptIsRead() {
        MigrationFiles files = Read.detected(
                "V1__a.sql",
                "SELECT '${x}';",
                "V1__a.sql.conf",
                "executeInTransaction=false\nplaceholderReplacement = FALSE");

        assertThat(files.requireValid().migrations().get(0).up().transaction()).isEqualTo(TransactionMode.OFF);
        assertThat(files.unused()).isEmpty();
        assertThat(Read.problems(
                        Read.detected("V1__a.sql", "", "V1__a.sql.conf", "shouldExecute=${x}\nencoding=Latin1")))
                .hasSize(2);
    }

    @Test
    void placeholdersAreRefusedAtTheirPlaceButNotInComments() {
        assertThat(problems("SELECT 1;\nGRANT SELECT ON t TO ${role};"))
                .singleElement()
                .asString()
                .startsWith("db/V1__a.sql:2:22: Sluice replaces no placeholders")
                .contains("${role}");
        assertThat(problems("SELECT '${schema}';")).hasSize(1);
        assertThat(problems("-- ${schema}\nSELECT '$';")).isEmpty();
    }

    @Test
    void callbacksAreRefused() {
        assertThat(Read.problems(
                        Read.detected("V1__a.sql", "", "beforeMigrate.sql", "", "afterEachMigrate__x.sql", "")))
                .hasSize(2)
                .allMatch(problem -> problem.contains("callback"));
    }

    @Test
    void aLowerCasePrefixOrAMissingSeparatorIsNoMigration() {
        assertThat(Read.problems(Read.detected("V1__a.sql", "", "v2__b.sql", "", "V3_c.sql", "")))
                .hasSize(2);
    }

    private static List<String> problems(String text) {
        return Read.problems(Read.detected("V1__a.sql", text));
    }
}
