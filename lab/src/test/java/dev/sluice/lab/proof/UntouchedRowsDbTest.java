package dev.sluice.lab.proof;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.db.Session;
import dev.sluice.lab.PostgresExtension;
import dev.sluice.lab.PostgresVersion;
import dev.sluice.lab.TestDatabase;
import dev.sluice.lab.TestDatabases;
import dev.sluice.sql.QualifiedName;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is known of a table's rows holds for a copy as long as nobody touches it there, and no longer. */
@ExtendWith(PostgresExtension.class)
final class UntouchedRowsDbTest {

    private static final QualifiedName ITEMS = QualifiedName.of("public", "items");
    private static final String DIGEST = "SELECT coalesce(string_agg(i::text, ' ' ORDER BY id), '') FROM items i";

    private static final String SCHEMA = """
            CREATE TYPE mood AS ENUM ('calm', 'busy');
            CREATE TABLE items (id int, price numeric, mood mood, moods mood[], note text DEFAULT 'a');
            INSERT INTO items SELECT i, i, 'calm', '{busy}', 'n' FROM generate_series(1, 20) i;
            """;

    /** Each changes what the rows are printed as. */
    private static final List<String> CHANGES = List.of(
            "UPDATE items SET price = 1.0 WHERE id = 1",
            "UPDATE items SET price = price + 1",
            "DELETE FROM items WHERE id = 20",
            "INSERT INTO items VALUES (21)",
            "TRUNCATE items",
            "ALTER TYPE mood RENAME VALUE 'calm' TO 'quiet'",
            "ALTER TABLE items DROP note; ALTER TABLE items ADD note text DEFAULT 'other'",
            "ALTER TABLE items ADD more int DEFAULT 3",
            "ALTER TABLE items ALTER price TYPE numeric(20, 5)",
            "ALTER TABLE items ALTER note TYPE char(10)",
            "ALTER TABLE items RENAME TO gone; CREATE TABLE items AS SELECT * FROM gone WHERE id < 10",
            "BEGIN; DELETE FROM items WHERE id = 3; INSERT INTO items VALUES (3); COMMIT");

    @ParameterizedTest
    @EnumSource(PostgresVersion.class)
    void every_change_is_seen(PostgresVersion version, TestDatabases databases) throws Exception {
        TestDatabase original = databases.create(version);
        original.execute(SCHEMA);
        try (ProofDatabases copies =
                        new ProofDatabases(original.server(), version, "untouched_" + version.major() + "_");
                Session session = Comparison.session(copies.copy(original))) {
            UntouchedRows rows = new UntouchedRows(() -> session);
            String before = rows.digest(session, ITEMS, DIGEST);
            for (String change : CHANGES) {
                try (Session copy = Comparison.session(copies.copy(original))) {
                    assertThat(rows.digest(copy, ITEMS, DIGEST)).isEqualTo(before);
                    Arrays.stream(change.split("; ")).forEach(copy::execute);
                    assertThat(rows.digest(copy, ITEMS, DIGEST)).as(change).isNotEqualTo(before);
                }
            }
        }
    }

    /** Values that are more than the bytes of their tuple. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "CREATE TYPE pair AS (a int, b int); ALTER TABLE items ADD p pair",
                "CREATE TYPE pair AS (a int, b int); ALTER TABLE items ADD p pair[]",
                "ALTER TABLE items ADD c regclass",
                "ALTER TABLE items ADD c regclass[]",
                "ALTER TABLE items ADD v numeric GENERATED ALWAYS AS (price * 2) VIRTUAL"
            })
    void what_its_tuples_do_not_tell_is_asked_each_time(String column, TestDatabases databases) throws Exception {
        TestDatabase original = databases.create(PostgresVersion.newest());
        original.execute(SCHEMA);
        original.execute(column);
        try (Session session = Comparison.session(original)) {
            UntouchedRows rows = new UntouchedRows(() -> session);
            assertThat(isKnown(rows, session)).isFalse();
        }
    }

    @Test
    void a_table_that_nobody_touched_is_asked_once(TestDatabases databases) throws Exception {
        TestDatabase original = databases.create(PostgresVersion.newest());
        original.execute(SCHEMA);
        try (Session session = Comparison.session(original)) {
            assertThat(isKnown(new UntouchedRows(() -> session), session)).isTrue();
        }
    }

    private static boolean isKnown(UntouchedRows rows, Session session) {
        String everOther = "SELECT gen_random_uuid()::text";
        return rows.digest(session, ITEMS, everOther).equals(rows.digest(session, ITEMS, everOther));
    }
}
