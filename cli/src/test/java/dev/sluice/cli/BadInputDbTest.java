package dev.sluice.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.catalog.Catalog;
import dev.sluice.db.Session;
import dev.sluice.diff.CatalogDiff;
import dev.sluice.lab.PostgresExtension;
import dev.sluice.lab.PostgresVersion;
import dev.sluice.lab.TestDatabase;
import dev.sluice.lab.TestDatabases;
import dev.sluice.postgres.CatalogReader;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What people get wrong, through the real command line on a real server: the exit code, what the message names, that
 * both application versions go on, and that the same command succeeds once the cause is mended.
 */
@ExtendWith(PostgresExtension.class)
class BadInputDbTest {
    private static final String FILE = "20260131120000_change.sql";

    /** Tables with 20,000 rows: enough for everything that protects an application to be used. */
    private static final String SCHEMA = """
            CREATE TABLE users (id bigint PRIMARY KEY, email text NOT NULL, age_text text);
            INSERT INTO users SELECT i, 'u' || i || '@x.org', (i % 90)::text FROM generate_series(1, 20000) i;
            CREATE TABLE orders (id bigint PRIMARY KEY, user_id bigint, total numeric NOT NULL);
            INSERT INTO orders SELECT i, i, i FROM generate_series(1, 20000) i;
            ANALYZE;
            """;

    @TempDir
    private Path directory;

    static Stream<BadInput> mistakes() {
        return Stream.of(
                BadInput.of("a syntax error")
                        .script("ALTER TABLE users\n  ADD COLUM age int;")
                        .fails("up", 3)
                        .saying("change.sql:3:", "syntax error at or near", "Correct the statement")
                        .script("ALTER TABLE users\n  ADD COLUMN age int;"),
                BadInput.of("a missing table")
                        .script("ALTER TABLE userz ADD COLUMN age int;")
                        .fails("up", 3)
                        .saying("change.sql:2:", "userz", "does not exist", "Check the name")
                        .script("ALTER TABLE users ADD COLUMN age int;"),
                BadInput.of("a missing column")
                        .script("ALTER TABLE users ADD COLUMN age int;\nUPDATE users SET age = age_txt::int;")
                        .fails("up", 3)
                        .saying("change.sql:3:", "age_txt", "does not exist")
                        .script("ALTER TABLE users ADD COLUMN age int;\nUPDATE users SET age = length(age_text);"),
                BadInput.of("a missing column of an index")
                        .script("CREATE INDEX ON users (emial);")
                        .fails("up", 3)
                        .saying("change.sql:2:", "emial", "does not exist")
                        .script("CREATE INDEX ON users (email);"),
                BadInput.of("a missing column of a UNIQUE")
                        .script("ALTER TABLE users ADD CONSTRAINT users_email UNIQUE (emial);")
                        .fails("up", 3)
                        .saying("change.sql:2:", "emial", "does not exist")
                        .script("ALTER TABLE users ADD CONSTRAINT users_email UNIQUE (email);"),
                BadInput.of("a missing column of a FOREIGN KEY")
                        .script("ALTER TABLE orders ADD FOREIGN KEY (usr_id) REFERENCES users (id);")
                        .fails("up", 3)
                        .saying("change.sql:2:", "usr_id", "does not exist")
                        .script("ALTER TABLE orders ADD FOREIGN KEY (user_id) REFERENCES users (id);"),
                BadInput.of("a missing function")
                        .script("ALTER TABLE users ADD COLUMN age int;\nUPDATE users SET age = lenght(age_text);")
                        .fails("up", 6)
                        .saying(
                                "change.sql:3:",
                                "lenght",
                                "does not exist",
                                "next: correct the migration; then sluice up")
                        .script("ALTER TABLE users ADD COLUMN age int;\nUPDATE users SET age = length(age_text);"),
                BadInput.of("an UPDATE expression that fails on one row")
                        .spoil("UPDATE users SET age_text = 'unknown' WHERE id = 14000")
                        .script("ALTER TABLE users ADD COLUMN age int;\nUPDATE users SET age = age_text::int;")
                        .fails("up", 6)
                        .saying("change.sql:3:", "14000", "unknown", "next: ")
                        .mend("UPDATE users SET age_text = '41' WHERE id = 14000"),
                BadInput.of("a FOREIGN KEY with orphans")
                        .spoil("UPDATE orders SET user_id = 777777 WHERE id = 14000")
                        .script(
                                "ALTER TABLE orders ADD CONSTRAINT orders_user FOREIGN KEY (user_id) REFERENCES users (id);")
                        .first("up")
                        .fails("contract", 6)
                        .saying(
                                "change.sql:2:",
                                "14000",
                                "777777",
                                "next: correct the data; then sluice contract",
                                "NOT EXISTS (SELECT")
                        .mend("UPDATE orders SET user_id = 1 WHERE id = 14000"),
                BadInput.of("duplicates under a new UNIQUE")
                        .spoil("UPDATE users SET email = 'twice@x.org' WHERE id IN (14000, 15000)")
                        .script("ALTER TABLE users ADD CONSTRAINT users_email UNIQUE (email);")
                        .first("up")
                        .fails("contract", 6)
                        .saying(
                                "change.sql:2:",
                                "twice@x.org",
                                "both versions of the application still work",
                                "then sluice contract")
                        .mend("UPDATE users SET email = 'once@x.org' WHERE id = 14000"),
                BadInput.of("NULL under a new NOT NULL")
                        .spoil("UPDATE users SET age_text = NULL WHERE id = 14000")
                        .script("ALTER TABLE users ALTER age_text SET NOT NULL;")
                        .first("up")
                        .fails("contract", 6)
                        .saying("change.sql:2:", "14000", "next: ", "sluice contract")
                        .mend("UPDATE users SET age_text = '0' WHERE id = 14000"),
                BadInput.of("a row against a new CHECK")
                        .spoil("UPDATE orders SET total = -5 WHERE id = 14000")
                        .script("ALTER TABLE orders ADD CONSTRAINT total_positive CHECK (total > 0);")
                        .first("up")
                        .fails("contract", 6)
                        .saying("change.sql:2:", "14000", "next: ", "sluice contract")
                        .mend("UPDATE orders SET total = 5 WHERE id = 14000"));
    }

    @ParameterizedTest
    @MethodSource("mistakes")
    void isNamedHarmsNobodyAndGoesOnOnceMended(BadInput input, TestDatabases databases) throws Exception {
        check(input, databases, SCHEMA);
    }

    @Test
    @Tag("full")
    void anExpressionThatFailsOnRow700000(TestDatabases databases) throws Exception {
        BadInput input = BadInput.of("row 700,000")
                .spoil("UPDATE users SET age_text = 'unknown' WHERE id = 700000")
                .script("ALTER TABLE users ADD COLUMN age int;\nUPDATE users SET age = age_text::int;")
                .fails("up", 6)
                .saying("change.sql:3:", "700000", "unknown", "next: ")
                .mend("UPDATE users SET age_text = '41' WHERE id = 700000");
        check(input, databases, SCHEMA.replaceFirst("20000", "1000000"));
    }

    @Test
    void aFileEditedAfterItRanStopsUpAndContractUntilTheEditIsTakenBack(TestDatabase database) throws Exception {
        database.execute(SCHEMA);
        String script = "ALTER TABLE users ADD CONSTRAINT users_email UNIQUE (email);";
        write(script);
        assertThat(sluice(database, "up").code()).isZero();
        Catalog expanded = catalog(database);

        write(script + "\nALTER TABLE orders DROP COLUMN total;");
        for (String command : List.of("up", "contract")) {
            Said said = sluice(database, command);
            assertThat(said.code()).as(said.text()).isEqualTo(3);
            assertThat(said.text()).contains("change.sql: has changed since", "git checkout", "sluice down");
        }
        Said status = sluice(database, "status");
        assertThat(status.code()).isEqualTo(2);
        assertThat(status.text()).contains("its file has changed since it ran");
        assertThat(CatalogDiff.compare(expanded, catalog(database), CatalogDiff.Options.STRICT))
                .isEmpty();
        worksForBothVersions(database);

        write(script);
        assertThat(sluice(database, "contract").code()).isZero();
        write(script + " -- a comment");
        assertThat(sluice(database, "up").code()).isEqualTo(3);
        assertThat(sluice(database, "status").code()).isEqualTo(2);
        write(script);
        assertThat(sluice(database, "up").code()).isZero();
        assertThat(sluice(database, "status").code()).isZero();
    }

    @Test
    void contractBeforeUpSaysThatUpComesFirst(TestDatabase database) throws Exception {
        database.execute(SCHEMA);
        write("ALTER TABLE users ADD COLUMN age int;");
        Said said = sluice(database, "contract");
        assertThat(said.text()).contains("nothing to contract", "20260131120000", "next: sluice up");
        assertThat(said.code()).isEqualTo(2);
        assertThat(sluice(database, "up").code()).isZero();
        assertThat(sluice(database, "contract").code()).isZero();
    }

    @Test
    void aRoleWithoutTheRightsIsToldWhichAndGoesOnOnceItHasThem(TestDatabase database) throws Exception {
        String role = database.name() + "_guest";
        database.execute(SCHEMA + "CREATE ROLE " + role + " LOGIN PASSWORD 'guestpw99';"
                + "CREATE SCHEMA sluice AUTHORIZATION " + role + "; CREATE ROLE " + role + "_owner;"
                + "ALTER TABLE users OWNER TO " + role + "_owner; GRANT CREATE ON SCHEMA public TO " + role + "_owner");
        try {
            write("ALTER TABLE users ADD COLUMN age int;\nUPDATE users SET age = length(age_text);");
            Map<String, String> asGuest =
                    Map.of("DATABASE_URL", database.url().replaceFirst("//.*@", "//" + role + ":guestpw99@"));
            Catalog start = catalog(database);
            Said said = sluice(asGuest, "up");
            assertThat(said.text()).contains("nothing was changed", "GRANT " + role + "_owner TO " + role);
            assertThat(said.code()).isEqualTo(1);
            assertThat(CatalogDiff.compare(start, catalog(database), CatalogDiff.Options.WITHOUT_SLUICE))
                    .isEmpty();
            worksForBothVersions(database);

            database.execute("GRANT " + role + "_owner TO " + role);
            Said again = sluice(asGuest, "up");
            assertThat(again.code()).as(again.text()).isZero();
        } finally {
            database.execute("DROP OWNED BY " + role + "_owner, " + role + " CASCADE");
            database.execute("DROP ROLE " + role + "_owner; DROP ROLE " + role);
        }
    }

    @Test
    void withoutAConnectionNothingHappens(TestDatabase database) throws Exception {
        database.execute(SCHEMA);
        write("ALTER TABLE users ADD COLUMN age int;");
        Catalog start = catalog(database);
        String wrongPassword = database.url().replaceFirst(":[^:@/]+@", ":Sesame99@");
        String noServer = database.url().replace(":" + database.server().port() + "/", ":1/");
        for (String url : List.of(wrongPassword, noServer)) {
            Said said = sluice(Map.of("DATABASE_URL", url), "up");
            assertThat(said.code()).as(said.text()).isEqualTo(9);
            assertThat(said.text())
                    .contains("Next: ")
                    .doesNotContain("Sesame99", database.server().password());
        }
        assertThat(CatalogDiff.compare(start, catalog(database), CatalogDiff.Options.STRICT))
                .isEmpty();
        assertThat(sluice(database, "up").code()).isZero();
    }

    private void check(BadInput input, TestDatabases databases, String schema) throws Exception {
        TestDatabase database = databases.create(PostgresVersion.newest());
        database.execute(schema);
        input.spoil().ifPresent(sql -> execute(database, sql));
        write(input.scripts().get(0));
        for (String before : input.first()) {
            assertThat(sluice(database, before).code()).as(before).isIn(0, 2);
        }
        Catalog start = catalog(database);

        Said said = sluice(database, input.command());
        assertThat(said.text()).as("what is said").contains(input.saying());
        assertThat(said.code()).as("exit code, after\n" + said.text()).isEqualTo(input.code());
        assertThat(CatalogDiff.compare(start, catalog(database), CatalogDiff.Options.WITHOUT_SLUICE))
                .as("the schema, after a failure")
                .isEmpty();
        worksForBothVersions(database);

        input.mend().ifPresent(sql -> execute(database, sql));
        write(input.scripts().get(input.scripts().size() - 1));
        Said again = sluice(database, input.command());
        assertThat(again.code())
                .as("exit code once mended, with\n" + again.text())
                .isZero();
        assertThat(sluice(database, "contract").code()).isZero();
        sluice(database, "purge", "--yes");

        TestDatabase plain = databases.create(PostgresVersion.newest());
        plain.execute(schema);
        plain.execute(input.scripts().get(input.scripts().size() - 1));
        assertThat(CatalogDiff.compare(catalog(plain), catalog(database), CatalogDiff.Options.STRICT))
                .as("the schema in the end, compared with a plain run")
                .isEmpty();
    }

    private static void worksForBothVersions(TestDatabase database) {
        execute(database, "INSERT INTO users (id, email, age_text) VALUES (2000001, 'old@x.org', '30')");
        execute(database, "UPDATE users SET age_text = '31' WHERE id = 2000001");
        execute(database, "INSERT INTO orders (id, user_id, total) VALUES (2000001, 2000001, 1)");
        execute(database, "DELETE FROM orders WHERE id = 2000001");
        execute(database, "DELETE FROM users WHERE id = 2000001");
    }

    private void write(String script) throws Exception {
        Path migrations = Files.createDirectories(directory.resolve("migrations"));
        Files.writeString(migrations.resolve(FILE), "-- migrate:up\n" + script + "\n");
    }

    private static void execute(TestDatabase database, String sql) {
        try {
            database.execute(sql);
        } catch (SQLException e) {
            throw new AssertionError("fails for an application: " + sql, e);
        }
    }

    private static Catalog catalog(TestDatabase database) {
        try (Session session = Session.open(database::connect, "test")) {
            return CatalogReader.read(session);
        }
    }

    private record Said(int code, String text) {}

    private Said sluice(TestDatabase database, String... arguments) {
        return sluice(Map.of("DATABASE_URL", database.url()), arguments);
    }

    private Said sluice(Map<String, String> environment, String... arguments) {
        ByteArrayOutputStream output = new ByteArrayOutputStream();
        PrintStream stream = new PrintStream(output, true, StandardCharsets.UTF_8);
        int code = new Cli(
                        TestSurroundings.of(directory, environment),
                        new Streams(InputStream.nullInputStream(), stream, stream),
                        Interruption.none())
                .run(arguments);
        return new Said(code, output.toString(StandardCharsets.UTF_8));
    }
}
