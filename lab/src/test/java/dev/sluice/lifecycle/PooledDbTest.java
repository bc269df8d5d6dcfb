package dev.sluice.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.Migrator;
import dev.sluice.PostgresPlans;
import dev.sluice.Settings;
import dev.sluice.catalog.Catalog;
import dev.sluice.db.Session;
import dev.sluice.diff.CatalogDiff;
import dev.sluice.lab.PostgresExtension;
import dev.sluice.lab.TestDatabase;
import dev.sluice.lab.TestDatabases;
import dev.sluice.lab.relay.TransactionPool;
import dev.sluice.postgres.CatalogReader;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Behind a pooler that hands server sessions over after each transaction, where session state is somebody else's. */
@ExtendWith(PostgresExtension.class)
class PooledDbTest {

    static Stream<LifecycleCase> cases() {
        return CrashMatrixDbTest.daily().stream();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void livesItsLifeBehindAPooler(LifecycleCase test, TestDatabases databases, @TempDir Path directory)
            throws Exception {
        TestDatabase plain = databases.create();
        plain.execute(test.schema(test.rows()));
        Catalog start = catalog(plain);
        plain.execute(test.plainUp());
        TestDatabase database = databases.create();
        database.execute(test.schema(test.rows()));
        database.execute("ANALYZE");
        int port = database.server().port();
        try (TransactionPool pool = TransactionPool.to(port)) {
            String url = database.jdbcUrl().replace(":" + port + "/", ":" + pool.port() + "/");
            Migrator migrator = new Migrator(
                    () -> DriverManager.getConnection(url),
                    test.migrations(directory),
                    new PostgresPlans(),
                    Settings.defaults().withWaitForRunner(Duration.ofSeconds(5)),
                    event -> {});
            for (int i = 0; i < 4; i++) {
                DriverManager.getConnection(url).close(); // sessions that are nobody's
            }
            Command.UP.run(migrator);
            Command.DOWN.run(migrator);
            same(start, database);
            Command.UP.run(migrator);
            Command.CONTRACT.run(migrator);
            Command.DOWN.run(migrator);
            same(start, database);
            Command.UP.run(migrator);
            Command.CONTRACT.run(migrator);
            same(catalog(plain), database);
            assertThat(Contents.of(database, test.anyValue())).isEqualTo(Contents.of(plain, test.anyValue()));
            assertThat(pool.handovers()).isGreaterThan(50);
        }
    }

    private static void same(Catalog expected, TestDatabase database) {
        assertThat(CatalogDiff.compare(expected, catalog(database), CatalogDiff.Options.WITHOUT_SLUICE))
                .isEmpty();
    }

    private static Catalog catalog(TestDatabase database) {
        try (Session session = Session.open(database::connect, "test")) {
            return CatalogReader.read(session);
        }
    }
}
