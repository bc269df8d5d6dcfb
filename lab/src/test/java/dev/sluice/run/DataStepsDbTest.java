package dev.sluice.run;

import static dev.sluice.run.RunFixture.USERS;
import static dev.sluice.run.RunFixture.addColumn;
import static dev.sluice.run.RunFixture.ddl;
import static dev.sluice.run.RunFixture.expandOnly;
import static dev.sluice.run.RunFixture.info;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.lab.PostgresExtension;
import dev.sluice.lab.TestDatabase;
import dev.sluice.plan.Assignment;
import dev.sluice.plan.LockMode;
import dev.sluice.plan.Probe;
import dev.sluice.plan.Step;
import dev.sluice.plan.TableLock;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Steps that go over rows keep their place in the journal and say which rows are in their way. */
@ExtendWith(PostgresExtension.class)
class DataStepsDbTest {

    private RunFixture fixture;

    @BeforeEach
    void open(TestDatabase database) throws SQLException {
        fixture = new RunFixture(database);
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    private static Step.Backfill backfill() {
        return new Step.Backfill(
                info("fill", List.of()),
                USERS,
                List.of(new Assignment("full_name", "upper(email)")),
                "full_name IS NULL",
                false,
                List.of("id"));
    }

    @Test
    void a_backfill_keeps_its_cursor_in_the_journal() {
        fixture.with(expandOnly("1", addColumn("a", "full_name"), backfill(), addColumn("b", "nick")));
        fixture.migrator().up(UpOptions.all());
        assertThat(fixture.isTrue("SELECT bool_and(full_name = upper(email)) FROM users"))
                .isTrue();
        assertThat(fixture.text("SELECT cursor FROM sluice.backfill WHERE version = '1' AND step = 'fill'"))
                .startsWith("DONE");
        assertThat(fixture.text("SELECT rows::text FROM sluice.step WHERE id = 'fill'"))
                .isEqualTo("100");
    }

    @Test
    void a_backfill_of_a_runner_that_was_replaced_commits_no_batch() {
        fixture.with(expandOnly("1", addColumn("a", "full_name"), backfill()));
        AtomicBoolean replaced = new AtomicBoolean();
        fixture.onEvent(event -> {
            if (event instanceof RunEvent.StepStarted started
                    && started.stepId().equals("fill")) {
                fixture.execute("CREATE FUNCTION replace_runner() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
                        + " UPDATE sluice.lease SET epoch = epoch + 1; RETURN NULL; END $$");
                fixture.execute("CREATE TRIGGER replace AFTER UPDATE ON users FOR EACH STATEMENT"
                        + " EXECUTE FUNCTION replace_runner()");
                replaced.set(true);
            }
        });
        assertThatThrownBy(() -> fixture.migrator().up(UpOptions.all())).hasMessageContaining("taken over");
        assertThat(replaced).isTrue();
        assertThat(fixture.isTrue("SELECT count(full_name) = 0 FROM users")).isTrue();
    }

    @Test
    void a_check_that_only_reports_shows_rows_and_goes_on() {
        Step check = new Step.Check(
                info("look", List.of()),
                new Probe.NoRows(USERS, "id = 7", List.of("id")),
                "user 7 will be surprised",
                false);
        fixture.with(expandOnly("1", check, addColumn("a", "full_name")));
        fixture.migrator().up(UpOptions.all());
        assertThat(fixture.events(RunEvent.Notice.class))
                .anySatisfy(notice -> assertThat(notice.text()).contains("user 7 will be surprised", "id=7"));
        assertThat(fixture.state("1")).isEqualTo("applied");
    }

    @Test
    void a_constraint_that_rows_violate_names_them() {
        Step add = ddl(
                "add",
                "ALTER TABLE users ADD CONSTRAINT not_seven CHECK (id <> 7) NOT VALID",
                ddl("drop", "ALTER TABLE users DROP CONSTRAINT not_seven"));
        Step validate = new Step.Validate(
                info("validate", List.of(new TableLock(USERS, LockMode.SHARE_UPDATE_EXCLUSIVE))),
                USERS,
                "not_seven",
                "ALTER TABLE users VALIDATE CONSTRAINT not_seven",
                Optional.of(new Probe.NoRows(USERS, "NOT (id <> 7)", List.of("id"))));
        fixture.with(expandOnly("1", add, validate));

        assertThatThrownBy(() -> fixture.migrator().up(UpOptions.all()))
                .hasMessageContaining("rows violate constraint not_seven of public.users")
                .hasMessageContaining("id=7")
                .hasMessageContaining("sluice down");

        fixture.execute("SET lock_timeout = 0");
        fixture.execute("DELETE FROM users WHERE id = 7");
        fixture.migrator().up(UpOptions.all());
        assertThat(fixture.isTrue("SELECT convalidated FROM pg_constraint WHERE conname = 'not_seven'"))
                .isTrue();
        fixture.migrator().down(DownOptions.last());
        assertThat(fixture.isTrue("SELECT NOT EXISTS (SELECT FROM pg_constraint WHERE conname = 'not_seven')"))
                .isTrue();
    }

    @Test
    void what_holds_data_that_exists_nowhere_else_is_not_discarded() {
        fixture.execute("CREATE TABLE archive (id bigint PRIMARY KEY, kept boolean)");
        fixture.execute("INSERT INTO archive VALUES (1, true), (2, false)");
        Step.Discard discard = new Step.Discard(
                info("discard", List.of()),
                dev.sluice.sql.QualifiedName.of("public", "archive"),
                Optional.empty(),
                "kept",
                List.of("DROP TABLE public.archive"));
        fixture.with(RunFixture.plan("1", List.of(addColumn("a", "x")), List.of(), List.of(discard)));
        fixture.migrator().up(UpOptions.all());
        fixture.migrator().purge(Optional.empty());
        assertThat(fixture.hasRelation("archive")).isTrue();
        assertThat(fixture.events(RunEvent.Notice.class))
                .anySatisfy(notice -> assertThat(notice.text()).contains("table public.archive is kept", "rows: 1"));
    }
}
