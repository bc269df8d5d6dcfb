package dev.sluice.cli;

import static dev.sluice.cli.DoctorCase.finds;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.Doctor;
import dev.sluice.lab.PostgresExtension;
import dev.sluice.lab.PostgresVersion;
import dev.sluice.lab.TestDatabase;
import dev.sluice.lab.TestDatabases;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Everything that goes wrong is found, mended, and found no more; where nothing is wrong, nothing is found. */
@ExtendWith(PostgresExtension.class)
@Timeout(120)
class DoctorDbTest {

    private static final String FIRST = "20260101000000_shop";
    private static final String NAMES = "20260102000000_full_name";
    private static final String MORE = "20260103000000_more";
    private static final String V2 = "20260102000000";
    private static final String V3 = "20260103000000";
    private static final String SHOP = """
            CREATE TABLE users (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, first text NOT NULL, last text NOT NULL);
            CREATE TABLE orders (id bigint PRIMARY KEY, user_id bigint REFERENCES users, total numeric(10, 2));
            """;
    private static final String ROWS = """
            INSERT INTO users (first, last) SELECT 'First' || i, 'Last' || i FROM generate_series(1, 50) i;
            INSERT INTO orders SELECT i, i, i FROM generate_series(1, 50) i;
            ANALYZE;
            """;
    private static final String CHANGE = """
            ALTER TABLE users ADD COLUMN full_name text;
            UPDATE users SET full_name = concat(first, ' ', last);
            ALTER TABLE users ALTER COLUMN full_name SET NOT NULL;
            ALTER TABLE users DROP COLUMN first, DROP COLUMN last;
            CREATE INDEX users_full_name ON users (full_name);
            ALTER TABLE orders ALTER COLUMN total TYPE numeric(12, 4);
            """;
    private static final String TRIGGERS =
            "FROM pg_trigger WHERE tgname LIKE '~sluice_%' AND tgrelid = 'public.users'::regclass";

    @TempDir
    Path directory;

    static List<DoctorCase> troubles() {
        return List.of(
                finds("dual-write-missing", 8).after("up").sql("""
                        DO $$ BEGIN EXECUTE (SELECT format('DROP TRIGGER %%I ON users', tgname) %s LIMIT 1); END $$
                        """.formatted(TRIGGERS)),
                finds("dual-write-disabled", 8).after("up").sql("""
                        DO $$ BEGIN EXECUTE (SELECT format('ALTER TABLE users DISABLE TRIGGER %%I', tgname) %s LIMIT 1); END $$
                        """.formatted(TRIGGERS)),
                finds("part-missing", 8)
                        .after("up")
                        .sql("DROP INDEX users_full_name")
                        .mendedBy("down --yes", "up"),
                finds("archive-missing", 8).after("up --contract").sql("""
                        DO $$ BEGIN EXECUTE (SELECT format('ALTER TABLE users DROP COLUMN %I', attname) FROM pg_attribute
                            WHERE attrelid = 'users'::regclass AND attname LIKE 'sluice_archived%' LIMIT 1); END $$
                        """).mendedBy("purge --yes"),
                finds("effect-missing", 8)
                        .after("up --contract")
                        .sql("ALTER TABLE users DROP COLUMN full_name")
                        .mendedBy("repair --yes --forget " + V2),
                finds("applied-by-hand", 8)
                        .files(project ->
                                project.migration(MORE, "CREATE TABLE notes (id int); CREATE INDEX n ON notes (id);"))
                        .after("up --contract")
                        .sql("DROP TABLE IF EXISTS notes; DELETE FROM sluice.migration WHERE version = '" + V3
                                + "'; CREATE TABLE notes (id int); CREATE INDEX n ON notes (id)")
                        .mendedBy("repair --yes --stamp " + V3),
                finds("leftover", 8).after("up --contract").sql("""
                        CREATE FUNCTION sluice.sluice_20260102000000_users_sync() RETURNS trigger LANGUAGE plpgsql
                            AS 'BEGIN RETURN NEW; END';
                        CREATE TRIGGER "~sluice_20260102000000_users_sync_u" BEFORE UPDATE ON users FOR EACH ROW
                            EXECUTE FUNCTION sluice.sluice_20260102000000_users_sync();
                        ALTER TABLE users ADD CONSTRAINT sluice_20260102000000_users_x_not_null CHECK (id > 0) NOT VALID;
                        CREATE INDEX sluice_20260102000000_users_copy ON users (id)
                        """),
                finds("index-invalid", 8).after("up").sql("""
                        UPDATE pg_index SET indisvalid = false WHERE indexrelid = 'users_full_name'::regclass
                        """).mendedBy("repair --yes", "down --yes", "up"),
                finds("half-done", 2).after("up").sql("""
                        UPDATE sluice.migration SET state = 'expanding', finished_at = NULL WHERE version = '20260102000000';
                        DELETE FROM sluice.step WHERE version = '20260102000000' AND position = (SELECT max(position)
                            FROM sluice.step WHERE version = '20260102000000')
                        """).mendedBy("up"),
                finds("steps-contradict", 8)
                        .after("up")
                        .sql(
                                "DELETE FROM sluice.step WHERE version = '20260102000000' AND position = (SELECT max(position)"
                                        + " FROM sluice.step WHERE version = '20260102000000')")
                        .mendedBy("repair --yes", "up"),
                finds("plan-unreadable", 7)
                        .after("up --contract")
                        .sql("UPDATE sluice.migration SET plan = '{\"no\": \"plan\"}' WHERE version = '" + V2 + "'")
                        .mendedBy("repair --yes --stamp " + V2),
                finds("file-changed", 3)
                        .after("up --contract")
                        .files(project -> project.migration(NAMES, CHANGE + "-- a comment"))
                        .mendedBy("repair --yes --accept " + V2),
                finds("file-missing", 3)
                        .after("up --contract")
                        .files(project -> project.delete("migrations/" + NAMES + ".sql"))
                        .mendedBy(project -> project.migration(NAMES, CHANGE)),
                finds("out-of-order", 3)
                        .after("up --contract")
                        .files(project -> project.migration("20260101120000_late", "CREATE TABLE late (id int);"))
                        .mendedBy("up --out-of-order"),
                finds("files-invalid", 3)
                        .after("up --contract")
                        .files(project ->
                                project.migration(V3 + "_a", "SELECT 1;").migration(V3 + "_b", "SELECT 1;"))
                        .mendedBy(project -> {
                            project.delete("migrations/" + V3 + "_a.sql");
                            project.delete("migrations/" + V3 + "_b.sql");
                        }),
                finds("lease-broken", 7).after("up").sql("DELETE FROM sluice.lease"),
                finds("lease-stale", 0)
                        .after("up")
                        .sql("UPDATE sluice.lease SET holder = 'somebody', expires_at = now() - interval '1 hour'"),
                finds("cursor-useless", 2).after("up").sql("""
                        UPDATE sluice.migration SET state = 'expanding', finished_at = NULL WHERE version = '20260102000000';
                        UPDATE sluice.backfill SET cursor = 'WALK ' || 'orders'::regclass::oid || ' 1 0 0 0 1 5 0'
                        """).mendedBy("up"),
                finds("journal-damaged", 7).after("up").sql("DROP TABLE sluice.event"),
                finds("journal-damaged", 7)
                        .after("up --contract")
                        .sql("DROP TABLE sluice.migration CASCADE")
                        .mendedBy("repair --yes --rebuild"),
                finds("journal-damaged", 7).after("up").sql("ALTER TABLE sluice.migration DROP COLUMN last_error"),
                finds("journal-missing", 8)
                        .after("up --contract", "purge --yes")
                        .sql("DROP SCHEMA sluice CASCADE")
                        .mendedBy("repair --yes --rebuild"),
                finds("journal-newer", 1)
                        .after("up")
                        .sql("UPDATE sluice.journal SET version = 99")
                        .mendedBy(project -> {}),
                finds("data-kept", 0)
                        .after("up --contract")
                        .sql(
                                "CREATE SCHEMA IF NOT EXISTS sluice_archive; CREATE TABLE sluice_archive.sluice_1_public_old (id int)")
                        .mendedBy("purge --kept --yes"));
    }

    /** One for each way in which something is mended. */
    static Stream<DoctorCase> worst() {
        Set<String> ids = Set.of(
                "dual-write-missing",
                "part-missing",
                "leftover",
                "steps-contradict",
                "file-changed",
                "lease-broken",
                "applied-by-hand",
                "journal-missing");
        return troubles().stream().filter(trouble -> ids.contains(trouble.id()));
    }

    static Stream<DoctorCase> others() {
        Set<String> ids = worst().map(DoctorCase::id).collect(Collectors.toSet());
        return troubles().stream().filter(trouble -> !ids.contains(trouble.id()));
    }

    @ParameterizedTest
    @MethodSource("worst")
    void troubleIsFoundMendedAndFoundNoMore(DoctorCase trouble, TestDatabase database) throws Exception {
        find(trouble, database);
    }

    @ParameterizedTest
    @MethodSource("others")
    @Tag("full")
    void soIsEveryOther(DoctorCase trouble, TestDatabase database) throws Exception {
        find(trouble, database);
    }

    private void find(DoctorCase trouble, TestDatabase database) throws Exception {
        TestProject project = shop(database);
        if (trouble.id().equals("applied-by-hand")) {
            trouble.files().accept(project);
        }
        trouble.until()
                .forEach(command ->
                        assertThat(project.sluice(command.split(" ")).code()).isIn(0, 2));
        assertThat(project.sluice("doctor").all()).as("before").contains("Nothing is wrong");
        trouble.files().accept(project);
        if (!trouble.sql().isEmpty()) {
            database.execute(trouble.sql());
        }

        TestProject.Said found = project.sluice("doctor");
        assertThat(found.out()).contains("[" + trouble.id() + "]");
        assertThat(found.code()).as(found.all()).isEqualTo(trouble.code());
        assertThat(project.sluice("doctor", "--format", "json").out()).contains("\"id\": \"" + trouble.id() + "\"");

        trouble.after().accept(project);
        for (String command : trouble.mends()) {
            TestProject.Said said = project.sluice(command.split(" "));
            assertThat(said.code()).as(command + " says\n" + said.all()).isIn(0, 2, 3, 8);
        }
        if (trouble.id().equals("journal-newer")) {
            return; // only a newer Sluice mends that
        }
        TestProject.Said again = project.sluice("doctor");
        assertThat(again.out()).as(again.all()).doesNotContain("[" + trouble.id() + "]");
    }

    @Test
    void nothingIsWrongAtAnyPhase(TestDatabase database) throws Exception {
        passAllPhases(database);
    }

    @Test
    @Tag("full")
    void norOnTheOldestServer(TestDatabases databases) throws Exception {
        passAllPhases(databases.create(PostgresVersion.V14));
    }

    private void passAllPhases(TestDatabase database) throws Exception {
        TestProject project = new TestProject(directory, java.util.Map.of("DATABASE_URL", database.url()));
        project.migration(FIRST, SHOP);
        isWell(project, "nothing has run");
        run(project, "up");
        isWell(project, "a fresh database");
        database.execute(ROWS);
        project.migration(NAMES, CHANGE);
        isWell(project, "pending");
        for (String command : List.of(
                "up",
                "down --yes",
                "up",
                "contract",
                "down --contract-only --yes",
                "contract",
                "down --yes",
                "up --contract",
                "purge --yes",
                "purge --kept --yes")) {
            run(project, command);
            isWell(project, command);
        }
    }

    @Test
    void aDatabaseOfSomebodyElseHasNothingWrong(TestDatabase database) throws Exception {
        database.execute(
                SHOP + "CREATE TABLE sluice_gates (id int); CREATE INDEX sluice_gates_id ON sluice_gates (id)");

        isWell(TestProject.of(directory, database).migration(MORE, "CREATE TABLE other (id int);"), "not ours");
    }

    @Test
    void repairAsksAndDoesNothingWhenNobodyAnswers(TestDatabase database) throws Exception {
        TestProject project = shop(database);
        run(project, "up");
        database.execute("ALTER TABLE users DISABLE TRIGGER ALL");

        TestProject.Said said = project.sluice("repair");

        assertThat(said.code()).isEqualTo(64);
        assertThat(said.err()).contains("ENABLE TRIGGER", "nothing was changed", "--yes");
        assertThat(project.sluice("doctor").code()).isEqualTo(8);
        assertThat(project.sluice("history").out()).doesNotContain("repaired");
        assertThat(project.sluice("repair", "--yes").code()).isZero();
        assertThat(project.sluice("history").out()).contains("repaired");
    }

    /** What was recorded, not run, is not taken back by doing nothing. */
    @Test
    void aStampedMigrationGoesBackByItsDownScriptOnly(TestDatabase database) throws Exception {
        TestProject project = shop(database);
        run(project, "up --contract");
        project.file("migrations/" + MORE + ".sql", "-- migrate:up\nCREATE TABLE notes (id int);\n");
        database.execute("CREATE TABLE notes (id int)");
        run(project, "repair --yes --stamp " + V3);

        TestProject.Said refused = project.sluice("down", "--yes");

        assertThat(refused.code()).isEqualTo(1);
        assertThat(refused.err()).contains("no down script");
        project.file(
                "migrations/" + MORE + ".sql",
                "-- migrate:up\nCREATE TABLE notes (id int);\n-- migrate:down\nDROP TABLE notes;\n");
        run(project, "repair --yes --accept " + V3);
        run(project, "down --yes");
        isWell(project, "taken back");
    }

    /** No check is without a case here, but the one that another test has. */
    @Test
    void everyCheckHasACase() {
        Set<String> tried = troubles().stream().map(DoctorCase::id).collect(Collectors.toCollection(TreeSet::new));
        tried.add("journal-older"); // JournalUpgradeDbTest has the journals of that time

        assertThat(tried).containsExactlyInAnyOrderElementsOf(new TreeSet<>(Doctor.checks()));
    }

    private TestProject shop(TestDatabase database) throws Exception {
        TestProject project = TestProject.of(directory, database).migration(FIRST, SHOP);
        run(project, "up");
        database.execute(ROWS);
        return project.migration(NAMES, CHANGE);
    }

    private static void run(TestProject project, String command) {
        TestProject.Said said = project.sluice(command.split(" "));
        assertThat(said.code()).as(command + " says\n" + said.all()).isIn(0, 2);
    }

    private static void isWell(TestProject project, String when) {
        TestProject.Said said = project.sluice("doctor");
        assertThat(said.all()).as(when).contains("Nothing is wrong");
        assertThat(said.out().replaceAll("(?s)note .*?\\[data-kept\\].*?\n\n", ""))
                .as(when)
                .doesNotContain("note ");
        assertThat(said.code()).as(when).isZero();
    }
}
