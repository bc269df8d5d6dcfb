package dev.sluice.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.ExitCode;
import dev.sluice.Migrator;
import dev.sluice.PostgresPlans;
import dev.sluice.SluiceException;
import dev.sluice.lab.PostgresExtension;
import dev.sluice.lab.TestDatabase;
import dev.sluice.migration.Migration;
import dev.sluice.migration.MigrationDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Others are at work on the same database: other runners, and people who change what a migration relies on. */
@ExtendWith(PostgresExtension.class)
class OtherHandsDbTest {

    @TempDir
    private Path directory;

    private TestDatabase database;
    private List<Migration> migrations = List.of();

    @BeforeEach
    void open(TestDatabase given) throws SQLException, IOException {
        database = given;
        database.execute("""
                CREATE TABLE users (id bigint PRIMARY KEY, first text NOT NULL, last text NOT NULL, age int);
                INSERT INTO users SELECT g, 'f' || g, 'l' || g, g FROM generate_series(1, 100) g;
                ANALYZE users;
                """);
        Files.writeString(directory.resolve("20260101000000_name.sql"), """
                -- migrate:up
                ALTER TABLE users ADD COLUMN full_name text;
                UPDATE users SET full_name = first || ' ' || last;
                ALTER TABLE users ALTER COLUMN full_name SET NOT NULL;
                CREATE INDEX users_full_name ON users (full_name);
                CREATE INDEX users_age ON users (age);
                ALTER TABLE users DROP COLUMN first, DROP COLUMN last;
                -- migrate:down
                ALTER TABLE users ADD COLUMN first text, ADD COLUMN last text;
                UPDATE users SET first = split_part(full_name, ' ', 1), last = split_part(full_name, ' ', 2);
                ALTER TABLE users DROP COLUMN full_name;
                """);
        migrations = new MigrationDirectory(directory).read("native").migrations();
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 16})
    void of_many_runners_one_does_the_work(int runners) throws SQLException {
        AtomicInteger done = new AtomicInteger();
        atOnce(
                runners,
                i -> done.addAndGet(
                        migrator(event -> {}).up(UpOptions.all()).outcomes().size()));
        assertThat(done).hasValue(1);
        AtomicInteger contracted = new AtomicInteger();
        atOnce(
                runners,
                i -> contracted.addAndGet(migrator(event -> {})
                        .contract(Optional.empty())
                        .outcomes()
                        .size()));
        assertThat(contracted).hasValue(1);
        assertThat(text("SELECT count(*)::text FROM sluice.event WHERE kind IN ('migration expanding',"
                        + " 'migration applied')"))
                .isEqualTo("2");
        assertThat(text("SELECT bool_and(full_name = 'f' || id || ' l' || id)::text FROM users"))
                .isEqualTo("true");
    }

    @Test
    void commands_that_contradict_one_another_are_done_one_after_the_other_or_refused() throws SQLException {
        for (int round = 0; round < 3; round++) {
            atOnce(6, i -> {
                Migrator migrator = migrator(event -> {});
                try {
                    switch (i % 3) {
                        case 0 -> migrator.up(UpOptions.all());
                        case 1 -> migrator.contract(Optional.empty());
                        default -> migrator.down(DownOptions.last());
                    }
                } catch (IllegalMoveException refused) {
                    assertThat(refused).hasMessageContaining("next:");
                }
            });
            assertThat(text("SELECT count(*)::text FROM sluice.migration WHERE state NOT IN ('reverted', 'expanded',"
                            + " 'applied')"))
                    .isEqualTo("0");
        }
        migrator(event -> {}).down(DownOptions.last());
        assertThat(text("SELECT string_agg(attname, ',' ORDER BY attnum) FROM pg_attribute"
                        + " WHERE attrelid = 'users'::regclass AND attnum > 0 AND NOT attisdropped"))
                .isEqualTo("id,first,last,age");
        assertThat(text("SELECT bool_and(first = 'f' || id AND last = 'l' || id)::text FROM users"))
                .isEqualTo("true");
    }

    /** The statement runs before the first step whose name is like that, and again undone by the second statement. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "index  | ALTER TABLE users DROP COLUMN full_name CASCADE | gone or different: column public.users.full_name text",
                "index  | ALTER TABLE users RENAME COLUMN full_name TO x  | there instead, or new: column public.users.x text",
                "index  | ALTER TABLE users ALTER age TYPE bigint         | gone or different: column public.users.age integer",
                "index  | DO $$DECLARE t text; BEGIN FOR t IN SELECT format('DROP TRIGGER %I ON users', tgname) FROM pg_trigger WHERE tgrelid = 'users'::regclass AND NOT tgisinternal LOOP EXECUTE t; END LOOP; END$$ | gone or different: trigger",
                "index  | ALTER TABLE users DISABLE TRIGGER USER          | , disabled",
                "index  | DO $$DECLARE t text; BEGIN FOR t IN SELECT format('CREATE OR REPLACE FUNCTION %s RETURNS trigger LANGUAGE plpgsql AS ''BEGIN RETURN NEW; END''', tgfoid::regprocedure) FROM pg_trigger WHERE tgrelid = 'users'::regclass AND NOT tgisinternal LOOP EXECUTE t; END LOOP; END$$ | gone or different: function",
                "archive| ALTER TABLE users DISABLE TRIGGER USER          | , disabled",
            })
    void what_a_person_changes_meanwhile_is_noticed_before_the_next_step(String when, String ddl, String said)
            throws SQLException {
        AtomicInteger once = new AtomicInteger();
        assertThatThrownBy(() -> {
                    boolean later = when.strip().equals("archive");
                    if (later) {
                        migrator(event -> {}).up(UpOptions.all());
                        database.execute(ddl);
                        migrator(event -> {}).contract(Optional.empty());
                    } else {
                        migrator(event -> interfere(event, ddl, once)).up(UpOptions.all());
                    }
                })
                .isInstanceOfSatisfying(
                        SluiceException.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.FAILED_SAFE))
                .hasMessageContaining("somebody has changed what this migration works with")
                .hasMessageContaining(said.strip())
                .hasMessageContaining("next: put back what is gone as it was")
                .hasMessageContaining("sluice down");
    }

    @Test
    void what_is_put_back_lets_it_go_on() throws SQLException {
        migrator(event -> {}).up(UpOptions.all());
        database.execute("ALTER TABLE users DISABLE TRIGGER USER");
        assertThatThrownBy(() -> migrator(event -> {}).contract(Optional.empty()))
                .hasMessageContaining("disabled");
        database.execute("ALTER TABLE users ENABLE TRIGGER USER; CREATE INDEX own ON users (age, id)");
        migrator(event -> {}).contract(Optional.empty());
        assertThat(text("SELECT state FROM sluice.migration")).isEqualTo("applied");
    }

    /** During the second step: what it does itself is not affected. */
    private void interfere(RunEvent event, String ddl, AtomicInteger once) {
        if (event instanceof RunEvent.StepFinished && once.incrementAndGet() == 4) {
            try {
                database.execute(ddl);
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    private Migrator migrator(RunListener listener) {
        return new Migrator(database::connect, migrations, new PostgresPlans(), RunFixture.settings(), listener);
    }

    private interface Work {
        void run(int number);
    }

    private static void atOnce(int number, Work work) {
        CyclicBarrier start = new CyclicBarrier(number);
        List<CompletableFuture<Void>> all = new ArrayList<>();
        for (int i = 0; i < number; i++) {
            int me = i;
            CompletableFuture<Void> one = new CompletableFuture<>();
            all.add(one);
            new Thread(() -> {
                        try {
                            start.await();
                            work.run(me);
                            one.complete(null);
                        } catch (Exception | AssertionError e) {
                            one.completeExceptionally(e);
                        }
                    })
                    .start();
        }
        CompletableFuture.allOf(all.toArray(CompletableFuture[]::new)).join();
    }

    private String text(String query) throws SQLException {
        try (var connection = database.connect();
                var result = connection.createStatement().executeQuery(query)) {
            result.next();
            return String.valueOf(result.getString(1));
        }
    }
}
