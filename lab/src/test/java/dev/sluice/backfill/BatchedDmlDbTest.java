package dev.sluice.backfill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.ExitCode;
import dev.sluice.SluiceException;
import dev.sluice.db.Session;
import dev.sluice.lab.PostgresExtension;
import dev.sluice.lab.PostgresVersion;
import dev.sluice.lab.TestDatabase;
import dev.sluice.lab.TestDatabases;
import dev.sluice.plan.Assignment;
import dev.sluice.plan.Step;
import dev.sluice.plan.Step.BatchedDml.Kind;
import dev.sluice.sql.QualifiedName;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Data migrations in batches: every row exactly once, and back. */
@ExtendWith(PostgresExtension.class)
class BatchedDmlDbTest {

    private static final QualifiedName ACCOUNTS = QualifiedName.of("public", "accounts");
    private static final QualifiedName ARCHIVE = QualifiedName.of("sluice_archive", "m1_accounts");
    private static final int ROWS = 30_000;
    private static final String FILL =
            "INSERT INTO accounts (id, n, plan) SELECT g, g % 10, CASE WHEN g % 3 = 0 THEN 'free' ELSE 'pro' END"
                    + " FROM generate_series(1, " + ROWS + ") g;";
    private static final String TABLE =
            "CREATE TABLE accounts (id bigint PRIMARY KEY, n int NOT NULL, plan text, other int NOT NULL DEFAULT 0);"
                    + FILL + "CREATE INDEX ON accounts (plan);";

    @ParameterizedTest
    @EnumSource(names = {"V14", "V18"})
    void everyRowHasItsTurnExactlyOnceWhileTheApplicationWrites(PostgresVersion version, TestDatabases databases)
            throws SQLException {
        DataFixture data = new DataFixture(databases.create(version), TABLE);
        AtomicInteger batches = new AtomicInteger();
        TableCursors cursors = new TableCursors().beforeSave(cursor -> {
            if (batches.incrementAndGet() == 15) {
                throw new SluiceException(ExitCode.ERROR, "the process dies here");
            }
        });
        Step.BatchedDml step = update("n", "n + 1", "true");
        try (Writers writers = new Writers()
                .start(data::connect, r -> "UPDATE accounts SET other = other + 1 WHERE id = " + (1 + r.nextInt(ROWS)))
                .start(
                        data::connect,
                        r -> "UPDATE accounts SET other = other + 1, plan = 'x' || other WHERE id = "
                                + (1 + r.nextInt(ROWS)))) {
            assertThatThrownBy(() -> data.work().batchedDml(step, cursors)).hasMessage("the process dies here");

            WalkReport report = data.work().batchedDml(step, new TableCursors());

            assertThat(report.rows()).isEqualTo(ROWS);
            assertThat(writers.statements()).isGreaterThan(100);
        }
        assertThat(data.number("SELECT count(*) FROM accounts WHERE n <> id % 10 + 1"))
                .isZero();
        assertThat(data.number("SELECT count(*) FROM sluice_archive.m1_accounts a JOIN accounts t USING (id) WHERE"
                        + " a.n = t.n - 1"))
                .isEqualTo(ROWS);
    }

    @ParameterizedTest
    @EnumSource(names = {"V14", "V18"})
    void updatesOnlyRowsOfTheCondition(PostgresVersion version, TestDatabases databases) throws SQLException {
        DataFixture data = new DataFixture(databases.create(version), TABLE);

        WalkReport report = data.work()
                .batchedDml(update("plan", "'basic' -- was free", "accounts.plan = 'free'"), new TableCursors());

        assertThat(report.rows()).isEqualTo(ROWS / 3);
        assertThat(data.number("SELECT count(*) FROM accounts WHERE (plan = 'basic') <> (id % 3 = 0)"))
                .isZero();
        assertThat(data.number("SELECT count(*) FROM sluice_archive.m1_accounts WHERE plan = 'free'"))
                .isEqualTo(ROWS / 3);
    }

    @ParameterizedTest
    @EnumSource(names = {"V14", "V18"})
    void restoresWhatItOverwroteExceptWhatTheApplicationWroteSince(PostgresVersion version, TestDatabases databases)
            throws SQLException {
        DataFixture data = new DataFixture(databases.create(version), TABLE);
        data.work().batchedDml(update("n", "n * 2", "true"), new TableCursors());
        data.execute("UPDATE accounts SET n = 777 WHERE id = 5; UPDATE accounts SET other = 9 WHERE id = 6;"
                + "DELETE FROM accounts WHERE id = 7; DELETE FROM cursors");
        AtomicInteger batches = new AtomicInteger();
        TableCursors dying = new TableCursors().beforeSave(cursor -> {
            if (batches.incrementAndGet() == 3) {
                throw new SluiceException(ExitCode.ERROR, "the process dies here");
            }
        });
        assertThatThrownBy(() -> data.work().batchedDml(restore(Kind.RESTORE_UPDATED), dying));

        WalkReport report = data.work().batchedDml(restore(Kind.RESTORE_UPDATED), new TableCursors());

        assertThat(data.number("SELECT count(*) FROM accounts WHERE n <> id % 10 AND id <> 5"))
                .isZero();
        assertThat(data.number("SELECT n FROM accounts WHERE id = 5")).isEqualTo(777);
        assertThat(data.number("SELECT other FROM accounts WHERE id = 6")).isEqualTo(9);
        assertThat(report.rows()).isEqualTo(ROWS - 1);
        assertThat(data.number("SELECT count(*) FROM pg_class WHERE relname = 'm1_accounts'"))
                .isZero();
        // and again, with nothing left to do
        data.work().batchedDml(restore(Kind.RESTORE_UPDATED), new TableCursors());
    }

    @ParameterizedTest
    @EnumSource(names = {"V14", "V18"})
    void deletesAndRestoresRows(PostgresVersion version, TestDatabases databases) throws SQLException {
        DataFixture data = new DataFixture(
                databases.create(version),
                "CREATE TABLE accounts (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, n int NOT NULL, plan text,"
                        + " other int NOT NULL DEFAULT 0, twice int GENERATED ALWAYS AS (n * 2) STORED);"
                        + FILL.replace(") SELECT", ") OVERRIDING SYSTEM VALUE SELECT"));
        data.execute("CREATE TABLE before AS SELECT * FROM accounts");
        Step.BatchedDml delete =
                step(Kind.DELETE, List.of(), "plan = 'free'", List.of("id", "n", "plan", "other", "twice"));

        WalkReport deleted = data.work().batchedDml(delete, new TableCursors());

        assertThat(deleted.rows()).isEqualTo(ROWS / 3);
        assertThat(data.number("SELECT count(*) FROM accounts WHERE plan = 'free'"))
                .isZero();
        // the application takes an id again: its row stays
        data.execute("INSERT INTO accounts (id, n) OVERRIDING SYSTEM VALUE VALUES (3, 42); DELETE FROM cursors");
        Step.BatchedDml restore =
                step(Kind.RESTORE_DELETED, List.of(), "true", List.of("id", "n", "plan", "other", "twice"));
        WalkReport restored = data.work().batchedDml(restore, new TableCursors());
        assertThat(restored.rows()).isEqualTo(ROWS / 3 - 1);
        assertThat(restored.left()).isOne();
        assertThat(data.number("SELECT count(*) FROM (TABLE accounts EXCEPT TABLE before) x"))
                .isOne();
        assertThat(data.number("SELECT count(*) FROM accounts")).isEqualTo(ROWS);
        assertThat(data.number("SELECT id FROM sluice_archive.m1_accounts")).isEqualTo(3);
    }

    /** Somebody else's row in it at the last moment is seen, a replaced runner drops nothing, and a lost answer costs nothing. */
    @Test
    void dropsTheArchiveOnlyWhenItIsEmptyAndOnlyAsTheRunner(TestDatabase database) throws SQLException {
        DataFixture data = new DataFixture(database, TABLE);
        data.work()
                .batchedDml(
                        step(Kind.DELETE, List.of(), "id <= 10", List.of("id", "n", "plan", "other")),
                        new TableCursors());
        data.execute("DELETE FROM cursors");
        Step.BatchedDml restore = step(Kind.RESTORE_DELETED, List.of(), "true", List.of("id", "n", "plan", "other"));

        assertThatThrownBy(() -> data.work().batchedDml(restore, new Replaced()))
                .hasMessage("replaced");

        data.execute("DELETE FROM cursors");
        assertThat(data.number("SELECT count(*) FROM accounts WHERE id <= 10")).isEqualTo(10);
        assertThat(data.number("SELECT count(*) FROM pg_class WHERE relname = 'm1_accounts'"))
                .isOne();
        try (Connection other = database.connect();
                Statement statement = other.createStatement()) {
            other.setAutoCommit(false);
            statement.execute("INSERT INTO sluice_archive.m1_accounts (id, n) VALUES (3, 4)");
            var run = CompletableFuture.supplyAsync(() -> data.work().batchedDml(restore, new TableCursors()));
            while (data.number("SELECT count(*) FROM pg_locks WHERE relation = 'sluice_archive.m1_accounts'::regclass"
                            + " AND mode = 'AccessExclusiveLock' AND NOT granted")
                    == 0) {
                assertThat(run).isNotDone();
            }
            other.commit();

            assertThat(run.join().left()).isOne();
        }
        assertThat(data.number("SELECT count(*) FROM sluice_archive.m1_accounts"))
                .isOne();
    }

    /** Of a runner that is replaced when all rows are back. */
    private static final class Replaced implements CursorStore {
        private final CursorStore cursors = new TableCursors();

        @Override
        public void fence(Session session) {
            if (session.isTrue("SELECT NOT EXISTS (SELECT FROM sluice_archive.m1_accounts)")) {
                throw new IllegalStateException("replaced");
            }
        }

        @Override
        public Optional<Cursor> load(Session session) {
            return cursors.load(session);
        }

        @Override
        public void save(Session session, Cursor cursor) {
            cursors.save(session, cursor);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"V14", "V18"})
    void restoresRowsThatReferToOneAnother(PostgresVersion version, TestDatabases databases) throws SQLException {
        DataFixture data = new DataFixture(
                databases.create(version),
                "CREATE TABLE accounts (id bigint PRIMARY KEY, n bigint REFERENCES accounts, plan text, other"
                        + " int);INSERT INTO accounts SELECT g, nullif(g % 20000, 0) + 1, 'p' FROM generate_series(1,"
                        + " 20000) g;");
        Step.BatchedDml delete = step(Kind.DELETE, List.of(), "id <= 20000", List.of("id", "n", "plan", "other"));
        data.execute("ALTER TABLE accounts DROP CONSTRAINT accounts_n_fkey");
        data.work().batchedDml(delete, new TableCursors());
        data.execute("ALTER TABLE accounts ADD FOREIGN KEY (n) REFERENCES accounts; DELETE FROM cursors");

        data.work()
                .batchedDml(
                        step(Kind.RESTORE_DELETED, List.of(), "true", List.of("id", "n", "plan", "other")),
                        new TableCursors());

        assertThat(data.number("SELECT count(*) FROM accounts")).isEqualTo(20_000);
    }

    @ParameterizedTest
    @EnumSource(names = {"V14", "V18"})
    void goesThroughPartitions(PostgresVersion version, TestDatabases databases) throws SQLException {
        DataFixture data = new DataFixture(databases.create(version), """
            CREATE TABLE accounts (id bigint, n int, plan text, other int DEFAULT 0, PRIMARY KEY (id, n)) PARTITION BY LIST (n);
            CREATE TABLE accounts_a PARTITION OF accounts FOR VALUES IN (0, 1, 2, 3, 4);
            CREATE TABLE accounts_b PARTITION OF accounts DEFAULT;
            """ + FILL);
        Step.BatchedDml step = new Step.BatchedDml(
                DataFixture.info(),
                ACCOUNTS,
                Kind.UPDATE,
                List.of(new Assignment("other", "other + 1")),
                "accounts.plan = 'pro'",
                List.of("id", "n"),
                List.of("other"),
                ARCHIVE);
        try (Writers writers = new Writers()
                .start(
                        data::connect,
                        r -> "UPDATE accounts SET plan = plan || '' WHERE id = " + (1 + r.nextInt(ROWS)))) {
            data.work().batchedDml(step, new TableCursors());
            assertThat(writers.statements()).isPositive();
        }
        assertThat(data.number("SELECT count(*) FROM accounts WHERE other <> (plan = 'pro')::int"))
                .isZero();
    }

    @Test
    void namesTheRowThatFails(TestDatabase database) throws SQLException {
        DataFixture data = new DataFixture(database, TABLE + "ALTER TABLE accounts ADD CHECK (id <> 20000 OR n < 5)");

        assertThatThrownBy(() -> data.work().batchedDml(update("n", "n + 9", "true"), new TableCursors()))
                .isInstanceOf(SluiceException.class)
                .hasMessageContaining("id=20000:")
                .hasMessageContaining("accounts_check");
    }

    @Test
    void refusesATableWithoutKey(TestDatabase database) throws SQLException {
        DataFixture data = new DataFixture(database, TABLE);
        Step.BatchedDml step = new Step.BatchedDml(
                DataFixture.info(), ACCOUNTS, Kind.DELETE, List.of(), "true", List.of(), List.of("n"), ARCHIVE);

        assertThatThrownBy(() -> data.work().batchedDml(step, new TableCursors()))
                .hasMessageContaining("it has no key")
                .hasMessageContaining("test.sql:1:1");
    }

    private static Step.BatchedDml update(String column, String expression, String where) {
        return step(Kind.UPDATE, List.of(new Assignment(column, expression)), where, List.of(column));
    }

    private static Step.BatchedDml restore(Kind kind) {
        return step(kind, List.of(), "true", List.of("n"));
    }

    private static Step.BatchedDml step(Kind kind, List<Assignment> assignments, String where, List<String> kept) {
        return new Step.BatchedDml(
                DataFixture.info(), ACCOUNTS, kind, assignments, where, List.of("id"), kept, ARCHIVE);
    }
}
