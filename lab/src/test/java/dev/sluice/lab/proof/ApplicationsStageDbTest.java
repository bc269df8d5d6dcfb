package dev.sluice.lab.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.SluiceException;
import dev.sluice.lab.PostgresExtension;
import dev.sluice.lab.PostgresVersion;
import dev.sluice.lab.TestDatabases;
import dev.sluice.lab.proof.shapes.ApplicationScript;
import dev.sluice.lab.proof.shapes.ApplicationsStage;
import dev.sluice.sql.SourceText;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The user's own statements at every step. */
@ExtendWith(PostgresExtension.class)
final class ApplicationsStageDbTest {

    private static final String SCHEMA = """
            CREATE TABLE users (id int PRIMARY KEY, email text NOT NULL, note text);
            INSERT INTO users SELECT i, 'user' || i || '@example.com', 'n:' || i FROM generate_series(1, 30) i;
            """;

    private static final String OLD = """
            -- param: id = SELECT id FROM users ORDER BY id LIMIT 10
            -- param: email = 'a;b@example.com', 'c' || ':d'
            SELECT email, ':id'::text FROM users WHERE id = :id;
            UPDATE users SET email = :email /* not :this */ WHERE id = :id RETURNING id, email;
            INSERT INTO users (id, email) SELECT max(id) + 1, 'old' FROM users;
            """;

    private static final String NEW = OLD.replace("email", "email_address").replace("old", "new");

    private static final String UP = "ALTER TABLE users RENAME COLUMN email TO email_address;";

    @Test
    void finds_nothing_wrong_when_both_versions_work_at_every_step(TestDatabases databases) throws Exception {
        StageResult result = prove(databases, OLD, NEW, UnaryOperator.identity());
        assertThat(result.findings()).isEmpty();
        assertThat(result.checked()).isGreaterThan(12);
    }

    @Test
    void reports_a_changed_result_with_statement_step_and_both_results(TestDatabases databases) throws Exception {
        StageResult result = prove(
                databases,
                OLD,
                NEW,
                plan -> plan.replaceAll("NEW\\.email_address := .*?;", "NEW.email_address := 'x';"));
        assertThat(result.findings()).isNotEmpty();
        assertThat(result.findings().get(0).when()).startsWith("expanded");
    }

    @Test
    void reports_a_statement_that_its_own_schema_does_not_know(TestDatabases databases) throws Exception {
        StageResult result = prove(databases, "SELECT emial FROM users;", NEW, UnaryOperator.identity());
        assertThat(result.findings().get(0).object()).contains("emial");
        assertThat(result.findings().get(0).actual()).contains("does not exist");
    }

    @Test
    void refuses_a_parameter_without_values() {
        assertThatThrownBy(() -> script("SELECT 1;\nSELECT :id;"))
                .isInstanceOf(SluiceException.class)
                .hasMessageContaining("app.sql:2:8")
                .hasMessageContaining("-- param: id =");
    }

    private static StageResult prove(TestDatabases databases, String old, String fresh, UnaryOperator<String> spoiler)
            throws Exception {
        return StageFixture.of(databases, PostgresVersion.newest(), SCHEMA, UP, "")
                .spoilt(spoiler)
                .prove(new ApplicationsStage(Optional.of(script(old)), Optional.of(script(fresh))), 1);
    }

    private static ApplicationScript script(String text) {
        return ApplicationScript.of(new SourceText("app.sql", text));
    }
}
