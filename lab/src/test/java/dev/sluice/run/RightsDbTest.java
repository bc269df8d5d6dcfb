package dev.sluice.run;

import static dev.sluice.run.RunFixture.addColumn;
import static dev.sluice.run.RunFixture.expandOnly;
import static dev.sluice.run.RunFixture.info;
import static dev.sluice.run.RunFixture.usersLock;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.Migrator;
import dev.sluice.db.ConnectionSource;
import dev.sluice.lab.PostgresExtension;
import dev.sluice.lab.TestDatabase;
import dev.sluice.plan.LockMode;
import dev.sluice.plan.Probe;
import dev.sluice.plan.Step;
import dev.sluice.plan.TableLock;
import dev.sluice.sql.QualifiedName;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** An ordinary role that owns the tables is enough; what it lacks is said at once. */
@ExtendWith(PostgresExtension.class)
class RightsDbTest {

    private RunFixture fixture;
    private String role = "";
    private ConnectionSource asRole = () -> {
        throw new IllegalStateException();
    };

    @BeforeEach
    void open(TestDatabase database) throws SQLException {
        fixture = new RunFixture(database);
        fixture.with(expandOnly("1", addColumn("a", "full_name"), addColumn("b", "nick")));
        role = database.name() + "_owner";
        fixture.execute("CREATE ROLE " + role);
        asRole = () -> {
            Connection connection = database.connect();
            try (var statement = connection.createStatement()) {
                statement.execute("SET SESSION AUTHORIZATION " + role);
            }
            return connection;
        };
    }

    @AfterEach
    void close() {
        fixture.execute("DROP OWNED BY " + role + " CASCADE");
        fixture.execute("DROP ROLE " + role);
        fixture.close();
    }

    private Migrator migrator() {
        return fixture.migrator(asRole, RunFixture.settings());
    }

    private String database() {
        return fixture.text("SELECT quote_ident(current_database())");
    }

    @Test
    void the_right_to_make_the_journal_is_asked_for_in_so_many_words() {
        assertThatThrownBy(() -> migrator().up(UpOptions.all()))
                .hasMessageContaining("make schema sluice, where Sluice keeps its journal")
                .hasMessageContaining("GRANT CREATE ON DATABASE " + database() + " TO " + role)
                .hasMessageContaining("CREATE SCHEMA sluice AUTHORIZATION " + role);
        assertThat(fixture.isTrue("SELECT to_regnamespace('sluice') IS NULL")).isTrue();
    }

    @Test
    void tables_of_others_are_refused_before_the_first_step() {
        fixture.execute("CREATE SCHEMA sluice AUTHORIZATION " + role);
        assertThatThrownBy(() -> migrator().up(UpOptions.all()))
                .hasMessageContaining("nothing was changed")
                .hasMessageContaining("be owner of users (owned by ");
        assertThat(fixture.isTrue("SELECT count(*) = 0 FROM sluice.migration")).isTrue();
    }

    @Test
    void a_migration_of_one_transaction_says_all_that_lacks_as_well() {
        fixture.execute("CREATE SCHEMA sluice AUTHORIZATION " + role);
        fixture.execute("CREATE TABLE others (id int)");
        Step.Brief both = new Step.Brief(
                info(
                        "a",
                        List.of(
                                usersLock(),
                                new TableLock(QualifiedName.of("public", "others"), LockMode.ACCESS_EXCLUSIVE))),
                Step.Purpose.DDL,
                List.of(),
                List.of("ALTER TABLE users ADD COLUMN x int", "ALTER TABLE others ADD COLUMN x int"));
        fixture.with(expandOnly("1", both));

        assertThatThrownBy(() -> migrator().up(UpOptions.all()))
                .isInstanceOf(MissingRightsException.class)
                .hasMessageContaining("nothing was changed")
                .hasMessageContaining("be owner of users (owned by ")
                .hasMessageContaining("be owner of others (owned by ");

        assertThat(fixture.isTrue("SELECT count(*) = 0 FROM sluice.migration")).isTrue();
        fixture.execute("ALTER TABLE users OWNER TO " + role);
        fixture.execute("ALTER TABLE others OWNER TO " + role);
        migrator().up(UpOptions.all());
        assertThat(fixture.isTrue("SELECT count(*) = 2 FROM pg_attribute WHERE attname = 'x'"))
                .isTrue();
    }

    @Test
    void a_check_that_may_not_look_says_so_and_blames_no_data() {
        fixture.execute("CREATE SCHEMA sluice AUTHORIZATION " + role);
        fixture.execute("ALTER TABLE users OWNER TO " + role);
        fixture.execute("CREATE TABLE private (id int)");
        fixture.with(expandOnly(
                "1",
                new Step.Check(
                        info("c", List.of()), new Probe.NoResult("SELECT id FROM private"), "there are rows", true),
                addColumn("a", "full_name")));

        assertThatThrownBy(() -> migrator().up(UpOptions.all()))
                .hasMessageContaining("this could not be checked: there are rows")
                .hasMessageContaining("permission denied for table private")
                .hasMessageContaining("next: have this right granted to the role")
                .hasMessageNotContaining("correct the data");
        assertThat(fixture.hasColumn("full_name")).isFalse();
    }

    @Test
    void an_owner_who_may_not_see_other_sessions_waits_for_them_all_the_same(TestDatabase database)
            throws SQLException {
        fixture.execute("CREATE SCHEMA sluice AUTHORIZATION " + role);
        fixture.execute("ALTER TABLE users OWNER TO " + role);
        fixture.execute("GRANT CREATE ON SCHEMA public TO " + role);
        try (Connection reader = database.connect();
                var statement = reader.createStatement()) {
            reader.setAutoCommit(false);
            statement.execute("SELECT count(*) FROM users");
            var settings =
                    RunFixture.settings().withLocks(LockSettings.defaults().withBudget(Duration.ofMillis(600)));
            assertThatThrownBy(() -> fixture.migrator(asRole, settings).up(UpOptions.all()))
                    .hasMessageContaining("in the way: pid ")
                    .hasMessageMatching("(?s).*\\([1-4] tries, the rest of the time looking.*");
            reader.rollback();
        }
        migrator().up(UpOptions.all());
        assertThat(fixture.state("1")).isEqualTo("applied");
        assertThat(fixture.isTrue("SELECT has_schema_privilege('public', 'sluice', 'USAGE')"))
                .isTrue();
        assertThat(fixture.isTrue("SELECT has_table_privilege('public', 'sluice.event', 'SELECT')"))
                .isFalse();
        migrator().down(DownOptions.last());
        assertThat(migrator().contract(Optional.empty()).outcomes()).isEmpty();
    }
}
