package dev.sluice.run;

import static dev.sluice.run.RunFixture.expandOnly;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.ExitCode;
import dev.sluice.SluiceException;
import dev.sluice.lab.PostgresExtension;
import dev.sluice.lab.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Concurrent index builds leave either a valid index or none. */
@ExtendWith(PostgresExtension.class)
class IndexBuildDbTest {

    private static final String UNIQUE = "CREATE UNIQUE INDEX CONCURRENTLY users_email_idx ON public.users (email)";

    private RunFixture fixture;

    @BeforeEach
    void open(TestDatabase database) throws SQLException {
        fixture = new RunFixture(database);
        fixture.with(expandOnly("1", RunFixture.index("i", UNIQUE)));
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    private boolean isValid() {
        return fixture.isTrue(
                "SELECT indisvalid FROM pg_index WHERE indexrelid = to_regclass('public.users_email_idx')");
    }

    @Test
    void duplicates_are_named_and_leave_no_index() {
        fixture.execute("UPDATE users SET email = 'twice' WHERE id IN (3, 4)");

        assertThatThrownBy(() -> fixture.migrator().up(UpOptions.all()))
                .isInstanceOfSatisfying(
                        SluiceException.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.FAILED_SAFE))
                .hasMessageContaining("Key (email)=(twice) is duplicated.")
                .hasMessageContaining("pending again");
        assertThat(fixture.hasRelation("users_email_idx")).isFalse();

        fixture.execute("UPDATE users SET email = 'once' WHERE id = 3");
        fixture.migrator().up(UpOptions.all());
        assertThat(isValid()).isTrue();
    }

    @Test
    void the_remains_of_our_own_try_are_dropped_and_it_goes_on(TestDatabase database) throws SQLException {
        try (Connection writer = database.connect();
                var statement = writer.createStatement()) {
            writer.setAutoCommit(false);
            statement.execute("UPDATE users SET email = 'new' WHERE id = 1");
            var up = CompletableFuture.runAsync(() -> fixture.migrator().up(UpOptions.all()));
            RunFixture.await(
                    "the build to wait for the writer",
                    () -> fixture.hasRelation("users_email_idx")
                            && fixture.events(RunEvent.IndexProgress.class).stream()
                                    .anyMatch(progress -> progress.waitsFor().isPresent()));
            fixture.killWorkers();
            writer.rollback();
            up.join();
        }
        assertThat(isValid()).isTrue();
        assertThat(fixture.state("1")).isEqualTo("applied");
    }

    @Test
    void an_invalid_index_of_somebody_else_is_left_alone() {
        fixture.execute("UPDATE users SET email = 'twice' WHERE id IN (3, 4)");
        assertThatThrownBy(() -> fixture.execute(UNIQUE)).hasMessageContaining("twice");
        assertThat(fixture.hasRelation("users_email_idx")).isTrue();

        assertThatThrownBy(() -> fixture.migrator().up(UpOptions.all()))
                .hasMessageContaining("which Sluice did not make")
                .hasMessageContaining("DROP INDEX CONCURRENTLY public.users_email_idx");
        assertThat(fixture.hasRelation("users_email_idx")).isTrue();
    }

    @Test
    void an_index_that_is_there_and_valid_is_the_work_done() {
        fixture.execute(UNIQUE);
        fixture.migrator().up(UpOptions.all());
        assertThat(fixture.state("1")).isEqualTo("applied");
    }
}
