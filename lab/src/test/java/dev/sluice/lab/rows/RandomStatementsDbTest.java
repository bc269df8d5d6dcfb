package dev.sluice.lab.rows;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.catalog.Catalog;
import dev.sluice.db.DatabaseException;
import dev.sluice.db.Session;
import dev.sluice.lab.PostgresExtension;
import dev.sluice.lab.TestDatabase;
import dev.sluice.lab.TestDatabases;
import dev.sluice.postgres.CatalogReader;
import dev.sluice.sql.QualifiedName;
import java.io.IOException;
import java.sql.SQLException;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(PostgresExtension.class)
final class RandomStatementsDbTest {

    private static final long SEED = 3;

    @Test
    void statementsDoWhatTheirTrialDid(TestDatabases databases) throws SQLException, IOException {
        TestDatabase database = databases.create();
        Hostile.load(database);
        try (Session session = Session.open(database::connect, "test")) {
            Hostile.fill(session, 20, SEED);
            Catalog catalog = CatalogReader.read(session);
            RandomStatements statements = RandomStatements.of(session, catalog, SEED);
            Set<RandomStatement.Kind> seen = EnumSet.noneOf(RandomStatement.Kind.class);
            for (QualifiedName table : List.of(
                    QualifiedName.of("public", "members"),
                    QualifiedName.of("public", "nested"),
                    QualifiedName.of("public", "Odd \"Table\""))) {
                for (int i = 0; i < 40; i++) {
                    RandomStatement statement = statements.next(table).orElseThrow();
                    seen.add(statement.kind());
                    assertThat(run(session, statement.sql()))
                            .as("seed %d, %s", SEED, statement)
                            .isEqualTo(statement.rejection().orElse(Long.toString(statement.rows())));
                }
            }
            assertThat(seen).containsExactlyInAnyOrder(RandomStatement.Kind.values());
        }
    }

    @Test
    void viewsThatPostgresWritesThroughAreWrittenThrough(TestDatabases databases) throws SQLException {
        TestDatabase database = databases.create();
        database.execute("""
                CREATE TABLE users (id serial PRIMARY KEY, mail text NOT NULL UNIQUE, age integer CHECK (age > 0), gone boolean);
                CREATE VIEW people AS SELECT id AS number, mail AS "E-Mail", age FROM users WHERE gone IS NOT TRUE;
                CREATE VIEW ages AS SELECT age, count(*) FROM users GROUP BY age""");
        try (Session session = Session.open(database::connect, "test")) {
            Hostile.fill(session, 20, SEED);
            RandomStatements statements = RandomStatements.of(session, CatalogReader.read(session), SEED);

            for (int i = 0; i < 30; i++) {
                RandomStatement statement =
                        statements.next(QualifiedName.of("public", "people")).orElseThrow();
                assertThat(run(session, statement.sql()))
                        .as("seed %d, %s", SEED, statement)
                        .isEqualTo(statement.rejection().orElse(Long.toString(statement.rows())));
            }
            assertThat(statements.isWritable(QualifiedName.of("public", "ages")))
                    .isFalse();
            assertThat(statements.next(QualifiedName.of("public", "ages"))).isEmpty();
        }
    }

    @Test
    void aTrialLeavesNothingBehindNotEvenInSequences(TestDatabases databases) throws SQLException {
        TestDatabase database = databases.create();
        database.execute("CREATE TABLE t (id serial PRIMARY KEY, v text)");
        try (Session session = Session.open(database::connect, "test")) {
            RandomStatements statements = RandomStatements.of(session, CatalogReader.read(session), SEED);

            assertThat(statements.next(QualifiedName.of("public", "t"), List.of(RandomStatement.Kind.INSERT)))
                    .hasValueSatisfying(s -> assertThat(s.rows()).isEqualTo(1));
            assertThat(session.isTrue("SELECT NOT is_called FROM t_id_seq")).isTrue();
            session.execute("INSERT INTO t DEFAULT VALUES");
            for (int i = 0; i < 10; i++) {
                assertThat(statements.next(QualifiedName.of("public", "t"))).isPresent();
            }
            assertThat(session.one("SELECT last_value FROM t_id_seq WHERE is_called", row -> row.number(1)))
                    .hasValue(1L);
            assertThat(session.one("SELECT count(*) FROM t", row -> row.number(1)))
                    .hasValue(1L);
        }
    }

    private static String run(Session session, String sql) {
        Optional<String> rejection = Optional.empty();
        long rows = 0;
        try {
            rows = session.execute(sql);
        } catch (DatabaseException e) {
            rejection = Optional.of(e.sqlState());
        }
        return rejection.orElse(Long.toString(rows));
    }
}
