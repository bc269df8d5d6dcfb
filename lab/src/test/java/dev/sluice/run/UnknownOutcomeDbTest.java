package dev.sluice.run;

import static dev.sluice.run.RunFixture.USERS;
import static dev.sluice.run.RunFixture.addColumn;
import static dev.sluice.run.RunFixture.ddl;
import static dev.sluice.run.RunFixture.expandOnly;
import static dev.sluice.run.RunFixture.index;
import static dev.sluice.run.RunFixture.info;
import static dev.sluice.run.RunFixture.plain;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.lab.PostgresExtension;
import dev.sluice.lab.TestDatabase;
import dev.sluice.lab.relay.Cut;
import dev.sluice.lab.relay.Relay;
import dev.sluice.lab.relay.Rule;
import dev.sluice.lab.relay.Sent;
import dev.sluice.plan.Assignment;
import dev.sluice.plan.LockMode;
import dev.sluice.plan.Plan;
import dev.sluice.plan.Step;
import dev.sluice.plan.TableLock;
import dev.sluice.sql.QualifiedName;
import java.io.IOException;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The connection is lost while the server works on a COMMIT, or on what is no transaction. The same runner looks whether it
 * happened: done work is not done again, work that was not done is. Both ways look alike to the runner.
 */
@ExtendWith(PostgresExtension.class)
class UnknownOutcomeDbTest {

    private RunFixture fixture;

    @BeforeEach
    void open(TestDatabase database) throws SQLException {
        fixture = new RunFixture(database);
        fixture.execute("ALTER TABLE users ADD COLUMN n int NOT NULL DEFAULT 0");
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    @ParameterizedTest
    @EnumSource
    void of_a_step_that_is_one_transaction(Cut.Moment moment) throws IOException {
        fixture.with(expandOnly("1", ddl("count", "UPDATE users SET n = n + 1"), addColumn("a", "full_name")));
        Watched up = up(moment, "UPDATE users SET n = n [+] 1", true);
        assertThat(up.sent).isEqualTo(moment == Cut.Moment.BEFORE ? 2 : 1);
        assertThat(fixture.isTrue("SELECT bool_and(n = 1) FROM users")).isTrue();
        assertThat(fixture.text("SELECT count(*)::text FROM sluice.event WHERE kind = 'step done' AND step = 'count'"))
                .isEqualTo("1");
    }

    @ParameterizedTest
    @EnumSource
    void of_a_migration_that_is_one_transaction(Cut.Moment moment) throws IOException {
        fixture.with(expandOnly("1", plain("p", "UPDATE users SET n = n + 1")));
        Watched up = up(moment, "UPDATE users SET n = n [+] 1", true);
        assertThat(up.sent).isEqualTo(moment == Cut.Moment.BEFORE ? 2 : 1);
        assertThat(fixture.isTrue("SELECT bool_and(n = 1) FROM users")).isTrue();
        assertThat(fixture.state("1")).isEqualTo("applied");
    }

    @ParameterizedTest
    @EnumSource
    void of_a_batch_of_a_backfill(Cut.Moment moment) throws IOException {
        fixture.execute("CREATE FUNCTION counted() RETURNS trigger LANGUAGE plpgsql AS"
                + " $$BEGIN NEW.n := OLD.n + 1; RETURN NEW; END$$;"
                + "CREATE TRIGGER counted BEFORE UPDATE ON users FOR EACH ROW EXECUTE FUNCTION counted()");
        Step.Backfill fill = new Step.Backfill(
                info("fill", List.of()),
                USERS,
                List.of(new Assignment("full_name", "upper(email)")),
                "full_name IS NULL",
                false,
                List.of("id"));
        fixture.with(expandOnly("1", addColumn("a", "full_name"), fill));
        up(moment, "^UPDATE .*full_name", true);
        assertThat(fixture.isTrue("SELECT bool_and(n = 1 AND full_name = upper(email)) FROM users"))
                .isTrue();
        assertThat(fixture.text("SELECT rows::text FROM sluice.step WHERE id = 'fill'"))
                .isEqualTo("100");
    }

    @ParameterizedTest
    @EnumSource
    void of_a_batch_of_an_update(Cut.Moment moment) throws IOException {
        Step.BatchedDml count = new Step.BatchedDml(
                info("count", List.of()),
                USERS,
                Step.BatchedDml.Kind.UPDATE,
                List.of(new Assignment("n", "n + 1")),
                "true",
                List.of("id"),
                List.of("n"),
                QualifiedName.of("public", "archive"));
        fixture.with(expandOnly("1", addColumn("a", "full_name"), count));
        up(moment, "UPDATE .*n [+] 1", true);
        assertThat(fixture.isTrue("SELECT bool_and(n = 1) FROM users")).isTrue();
    }

    @ParameterizedTest
    @EnumSource
    void of_an_index_that_is_built_concurrently(Cut.Moment moment) throws IOException {
        fixture.with(expandOnly("1", index("i", "CREATE INDEX CONCURRENTLY users_email_idx ON users (email)")));
        Watched up = up(moment, "CREATE INDEX CONCURRENTLY", false);
        // the last of its transactions, which makes the index valid, ends with the message that was cut off
        assertThat(up.sent).isEqualTo(moment == Cut.Moment.ANSWERED ? 1 : 2);
        assertThat(fixture.isTrue("SELECT indisvalid FROM pg_index WHERE indexrelid = 'users_email_idx'::regclass"))
                .isTrue();
    }

    @ParameterizedTest
    @EnumSource
    void of_an_index_that_is_dropped_concurrently(Cut.Moment moment) throws IOException {
        fixture.execute("CREATE INDEX users_email_idx ON users (email)");
        Step drop = new Step.DropIndex(
                info("d", List.of()),
                QualifiedName.of("public", "users_email_idx"),
                "DROP INDEX CONCURRENTLY IF EXISTS public.users_email_idx");
        fixture.with(expandOnly("1", addColumn("a", "full_name"), drop));
        Watched up = up(moment, "DROP INDEX CONCURRENTLY", false);
        assertThat(up.sent).isEqualTo(moment == Cut.Moment.ANSWERED ? 1 : 2);
        assertThat(fixture.hasRelation("users_email_idx")).isFalse();
    }

    @ParameterizedTest
    @EnumSource
    void of_a_validation(Cut.Moment moment) throws IOException {
        fixture.execute("ALTER TABLE users ADD CONSTRAINT positive CHECK (id > 0) NOT VALID");
        Step validate = new Step.Validate(
                info("v", List.of(new TableLock(USERS, LockMode.SHARE_UPDATE_EXCLUSIVE))),
                USERS,
                "positive",
                "ALTER TABLE users VALIDATE CONSTRAINT positive",
                Optional.empty());
        fixture.with(expandOnly("1", addColumn("a", "full_name"), validate));
        Watched up = up(moment, "VALIDATE CONSTRAINT", true);
        assertThat(up.sent).isEqualTo(moment == Cut.Moment.BEFORE ? 2 : 1);
        assertThat(fixture.isTrue("SELECT convalidated FROM pg_constraint WHERE conname = 'positive'"))
                .isTrue();
    }

    @ParameterizedTest
    @EnumSource
    void of_the_last_word_in_the_journal(Cut.Moment moment) throws IOException {
        Plan plan = RunFixture.plan("1", List.of(addColumn("a", "x")), List.of(addColumn("b", "y")), List.of());
        fixture.with(plan);
        up(moment, "UPDATE sluice.migration SET state", true);
        assertThat(fixture.state("1")).isEqualTo("expanded");
    }

    /** {@code up} to its end, without anybody's help; one connection is lost. */
    private Watched up(Cut.Moment moment, String statement, boolean itsCommit) throws IOException {
        Watched watched = new Watched(moment, statement, itsCommit);
        int port = fixture.database.server().port();
        try (Relay relay = Relay.to(port, watched)) {
            String url = fixture.database.jdbcUrl().replace(":" + port + "/", ":" + relay.port() + "/");
            fixture.migrator(() -> DriverManager.getConnection(url), RunFixture.settings())
                    .up(UpOptions.all());
        }
        assertThat(watched.cut).as("the connection was cut").isTrue();
        return watched;
    }

    /** Cuts the connection at the first statement like that, or at the COMMIT of its transaction; counts how often it came. */
    private static final class Watched implements Rule {
        private final Cut.Moment moment;
        private final String statement;
        private final boolean itsCommit;
        private final AtomicBoolean cut = new AtomicBoolean();
        private volatile long connection;
        private final AtomicInteger seen = new AtomicInteger();
        private int sent;

        Watched(Cut.Moment moment, String statement, boolean itsCommit) {
            this.moment = moment;
            this.statement = "(?s).*(" + statement + ").*";
            this.itsCommit = itsCommit;
        }

        @Override
        public Optional<Cut> on(Sent what) {
            boolean wanted = what.sql().strip().matches(statement.replace(".*(^", "("));
            if (wanted) {
                sent = seen.incrementAndGet();
                connection = what.connection();
            }
            boolean now = itsCommit
                    ? what.connection() == connection && what.sql().strip().equals("COMMIT")
                    : wanted;
            return now && cut.compareAndSet(false, true)
                    ? Optional.of(new Cut(moment, Cut.Reach.CONNECTION))
                    : Optional.empty();
        }
    }
}
