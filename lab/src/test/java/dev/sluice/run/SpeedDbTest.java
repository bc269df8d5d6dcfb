package dev.sluice.run;

import static dev.sluice.run.RunFixture.USERS;
import static dev.sluice.run.RunFixture.addColumn;
import static dev.sluice.run.RunFixture.expandOnly;
import static dev.sluice.run.RunFixture.info;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.Migrator;
import dev.sluice.SluiceException;
import dev.sluice.lab.PostgresExtension;
import dev.sluice.lab.TestDatabase;
import dev.sluice.plan.Assignment;
import dev.sluice.plan.Step;
import java.sql.SQLException;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** People slow a run down, stop it for a while and see what it does, from another session. */
@ExtendWith(PostgresExtension.class)
class SpeedDbTest {

    private RunFixture fixture;

    @BeforeEach
    void open(TestDatabase database) throws SQLException {
        fixture = new RunFixture(database);
        fixture.with(expandOnly("1", addColumn("a", "full_name"), backfill()));
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

    private boolean told(String words) {
        return fixture.events(RunEvent.Notice.class).stream()
                .anyMatch(notice -> notice.text().contains(words));
    }

    private boolean filling(RunEvent event) {
        return event instanceof RunEvent.StepStarted started && started.stepId().equals("fill");
    }

    @Test
    void a_backfill_pauses_after_its_batch_and_goes_on_when_asked() throws Exception {
        Migrator person = fixture.migrator();
        fixture.onEvent(event -> {
            if (filling(event)) {
                person.speed(0);
            }
        });

        CompletableFuture<RunResult> run =
                CompletableFuture.supplyAsync(() -> fixture.migrator().up(UpOptions.all()));
        RunFixture.await("the pause", () -> told("sluice resume goes on") || run.isDone());

        Activity activity = person.activity();
        assertThat(run).isNotDone();
        assertThat(activity.share()).isZero();
        assertThat(activity.runner()).isPresent();
        assertThat(activity.steps()).singleElement().satisfies(step -> {
            assertThat(step.id()).isEqualTo("fill");
            assertThat(step.rows()).isLessThanOrEqualTo(100);
            assertThat(step.table()).contains("users");
        });
        assertThat(fixture.isTrue("SELECT count(*) = 0 FROM pg_stat_activity"
                        + " WHERE datname = current_database() AND state = 'idle in transaction'"))
                .isTrue();

        person.speed(1);
        assertThat(run.get(30, TimeUnit.SECONDS).stopped()).isEmpty();
        assertThat(person.activity().steps()).isEmpty();
        assertThat(fixture.text(
                        "SELECT string_agg(message, ', ' ORDER BY id) FROM sluice.event WHERE kind = 'speed set'"))
                .isEqualTo("0 %, 100 %");
    }

    @Test
    void nothing_starts_outside_of_the_maintenance_window() {
        LocalTime now = LocalTime.now(ZoneOffset.UTC);
        TimeWindow closed = new TimeWindow(now.plusHours(2), now.plusHours(3), ZoneOffset.UTC);
        Migrator migrator = fixture.migrator(RunFixture.settings().withOnlyBetween(closed));

        CompletableFuture<RunResult> run = CompletableFuture.supplyAsync(() -> migrator.up(UpOptions.all()));
        RunFixture.await("the notice", () -> told("outside of the maintenance window") || run.isDone());
        migrator.interrupt();

        assertThatThrownBy(() -> run.get(30, TimeUnit.SECONDS)).hasCauseInstanceOf(InterruptedRunException.class);
        assertThat(fixture.hasColumn("full_name")).isFalse();
    }

    @Test
    void inside_of_the_maintenance_window_it_is_as_without() {
        LocalTime now = LocalTime.now(ZoneOffset.UTC);
        TimeWindow open = new TimeWindow(now.minusHours(1), now.plusHours(1), ZoneOffset.UTC);
        fixture.migrator(RunFixture.settings().withOnlyBetween(open)).up(UpOptions.all());
        assertThat(fixture.isTrue("SELECT bool_and(full_name = upper(email)) FROM users"))
                .isTrue();
    }

    @Test
    void a_database_without_a_journal_has_no_speed() {
        assertThatThrownBy(() -> fixture.migrator().speed(0.5))
                .isInstanceOf(SluiceException.class)
                .hasMessageContaining("never run");
    }
}
