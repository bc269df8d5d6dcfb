package dev.sluice.run;

import static dev.sluice.run.RunFixture.USERS;
import static dev.sluice.run.RunFixture.addColumn;
import static dev.sluice.run.RunFixture.expandOnly;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.ExitCode;
import dev.sluice.SluiceException;
import dev.sluice.db.Session;
import dev.sluice.lab.PostgresExtension;
import dev.sluice.lab.TestDatabase;
import dev.sluice.plan.Assignment;
import dev.sluice.plan.LockMode;
import dev.sluice.plan.Plan;
import dev.sluice.plan.Source;
import dev.sluice.plan.Step;
import dev.sluice.plan.StepInfo;
import dev.sluice.plan.TableLock;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What a plan is expected to take is told before, and compared with what it took. */
@ExtendWith(PostgresExtension.class)
class EstimatesDbTest {

    private static final int ROWS = 40_000;

    private RunFixture fixture;

    @BeforeEach
    void open(TestDatabase database) throws SQLException {
        fixture = new RunFixture(database);
        fixture.execute("INSERT INTO users SELECT g, 'user' || g FROM generate_series(101, " + ROWS + ") g;"
                + "CREATE INDEX ON users (email); ANALYZE users");
        fixture.with(plan("1", "full_name"));
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    private static Plan plan(String version, String column) {
        return expandOnly(
                version,
                addColumn("a", column),
                new Step.Backfill(
                        new StepInfo(
                                "fill", "fill it", "why", new Source("1.sql", 1, 1), List.of(), ROWS, -1, List.of()),
                        USERS,
                        List.of(new Assignment(column, "upper(email)")),
                        column + " IS NULL",
                        false,
                        List.of("id")));
    }

    private PlanEstimate estimate(String version, String column) {
        try (Session session = Session.open(fixture.database::connect, "test")) {
            return Estimates.withBlockers(session, Estimates.of(session, plan(version, column)));
        }
    }

    @Test
    void what_a_backfill_took_is_near_what_was_expected() {
        PlanEstimate first = estimate("1", "full_name");
        assertThat(first.rates().basis()).contains("temporary table");
        assertThat(first.rates().dualWriteMicros()).isBetween(0.1, 1000.0);
        assertThat(fixture.isTrue("SELECT NOT EXISTS (SELECT FROM pg_class WHERE relname = 'sluice_rates')"))
                .isTrue();

        fixture.migrator().up(UpOptions.all());

        String took = fixture.text("SELECT message FROM sluice.event WHERE kind = 'took' AND step = 'fill'");
        System.out.println(took);
        assertThat(took)
                .matches("[\\d.]+ s, [\\d.]+ MB of log, [\\d.]+ MB of disk; estimated: [\\d.]+ s, [\\d.]+ MB of log,"
                        + " [\\d.]+ MB of disk");
        StepEstimate step = first.steps().get(0);
        long disk = Long.parseLong(fixture.text("SELECT disk_bytes FROM sluice.step WHERE id = 'fill'"));
        assertThat((double) disk / step.diskBytes()).as("disk: " + took).isBetween(0.33, 3.0);
        long wal = Long.parseLong(fixture.text("SELECT wal_bytes FROM sluice.step WHERE id = 'fill'"));
        assertThat((double) wal / step.walBytes()).as("log: " + took).isGreaterThan(0.33);

        PlanEstimate second = estimate("2", "nick");
        assertThat(second.rates().basis()).isEqualTo("from 1 earlier backfill of this database");
        double ran = Double.parseDouble(fixture.text("SELECT duration_ms FROM sluice.step WHERE id = 'fill'"));
        assertThat(second.duration().orElseThrow().toMillis() / ran).isBetween(0.5, 2.0);
    }

    @Test
    void what_a_step_is_expected_to_hold_its_locks_for_is_told_before_and_compared_in_the_history()
            throws SQLException {
        try (Connection reader = fixture.database.connect()) {
            reader.setAutoCommit(false);
            reader.createStatement().execute("SELECT FROM users LIMIT 1");
            LockEstimate lock = estimate("1", "full_name").locks().get(0);
            assertThat(lock.step()).isEqualTo("a");
            assertThat(lock.locks()).extracting(TableLock::mode).containsExactly(LockMode.ACCESS_EXCLUSIVE);
            assertThat(lock.held().orElseThrow().toNanos()).isPositive();
            assertThat(lock.inTheWay()).hasSize(1);
            assertThat(lock.waited()).as("no step has run yet").isEmpty();
        }

        fixture.migrator().up(UpOptions.all());

        HistoryEntry done = fixture.migrator().history().stream()
                .filter(entry -> entry.kind().equals("step done")
                        && entry.step().orElse("").equals("a"))
                .findFirst()
                .orElseThrow();
        assertThat(done.lockExpected()).isPresent();
        assertThat(done.lockHeld().orElseThrow().toNanos()).isPositive();
        LockEstimate next = estimate("2", "nick").locks().get(0);
        assertThat(next.held().orElseThrow())
                .as("by what the step before took")
                .isBetween(
                        done.lockHeld().get().dividedBy(2),
                        done.lockHeld().get().multipliedBy(2));
        assertThat(next.waited()).isPresent();
        assertThat(next.inTheWay()).isEmpty();
    }

    @Test
    void a_plan_that_would_fill_the_disk_is_refused_before_anything_is_changed() {
        long needed = estimate("1", "full_name").spaceNeeded();
        assertThatThrownBy(() -> fixture.migrator(RunFixture.settings().withDiskFree(needed))
                        .up(UpOptions.all()))
                .isInstanceOfSatisfying(
                        SluiceException.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.HAZARD_BLOCKED))
                .hasMessageContaining("would fill the disk");
        assertThat(fixture.hasColumn("full_name")).isFalse();

        fixture.migrator(RunFixture.settings().withDiskFree(2 * needed)).up(UpOptions.all());
        assertThat(fixture.hasColumn("full_name")).isTrue();
    }

    @Test
    void of_what_a_directive_allows_nobody_knows_how_long_it_holds_its_locks() {
        Step.Opaque allowed = new Step.Opaque(
                addColumn("a", "full_name").info(),
                List.of("DO 'BEGIN END'"),
                true,
                Optional.empty(),
                Optional.of("opaque-sql"));
        try (Session session = Session.open(fixture.database::connect, "test")) {
            LockEstimate lock =
                    Estimates.of(session, expandOnly("1", allowed)).locks().get(0);
            assertThat(lock.blocks()).isTrue();
            assertThat(lock.held()).isEmpty();
        }
    }

    @Test
    void where_nothing_can_be_measured_no_time_is_guessed() {
        fixture.execute("REVOKE TEMPORARY ON DATABASE " + fixture.database.name() + " FROM PUBLIC;"
                + " DO $$BEGIN CREATE ROLE nobody; EXCEPTION WHEN duplicate_object THEN END$$;"
                + " GRANT SELECT ON users TO nobody");
        try (Session session = Session.open(fixture.database::connect, "test")) {
            session.execute("SET ROLE nobody");
            PlanEstimate estimate = Estimates.of(session, plan("1", "full_name"));
            assertThat(estimate.duration()).isEmpty();
            assertThat(estimate.walBytes()).isPositive();
        }
    }
}
