package dev.sluice.lab.shop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.lab.PostgresExtension;
import dev.sluice.lab.TestDatabase;
import dev.sluice.lab.traffic.Load;
import dev.sluice.lab.traffic.Recorder;
import dev.sluice.lab.traffic.Traffic;
import dev.sluice.lab.traffic.TrafficReport;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(PostgresExtension.class)
@Timeout(120)
class ShopDbTest {
    private static final ShopData DATA = ShopData.ofSize(1000);

    private final Ledger ledger = new Ledger(DATA);
    private final Recorder recorder = new Recorder();

    @BeforeEach
    void createShop(TestDatabase database) throws SQLException {
        try (Connection connection = database.connect()) {
            DATA.create(connection);
        }
    }

    @Test
    void theFormulasInSqlAndInJavaAgree(TestDatabase database) throws SQLException {
        for (long id = 1; id <= DATA.users(); id++) {
            ledger.users().open(id);
        }
        for (long id = 1; id <= DATA.products(); id++) {
            ledger.products().open(id);
        }
        for (long id = 1; id <= DATA.orders(); id++) {
            ledger.orders().open(id);
        }
        // all rows are touched now, so all expected rows come from Java
        AuditReport report = new ShopAudit(database::connect, ledger).compare(List.of());
        assertThat(report.examples()).isEmpty();
        assertThat(report.compared()).isEqualTo(DATA.rows());
    }

    @Test
    void twoVersionsOfTheSameShapeServeRequestsWithoutFailureAndTheLedgerKnowsEveryRow(TestDatabase database)
            throws Exception {
        serve(database, 3000);
        TrafficReport report = recorder.report();
        assertThat(report.firstFailures()).isEmpty();
        assertThat(report.statements()).isGreaterThan(3000);
        AuditReport audit = new ShopAudit(database::connect, ledger).compare(List.of());
        assertThat(audit.examples()).isEmpty();
        assertThat(audit.compared()).isGreaterThan(DATA.rows());
    }

    @Test
    void auditsWhileTheApplicationsGoOn(TestDatabase database) throws Exception {
        try (Traffic traffic = start(database, "v1", 1)) {
            for (int i = 0; i < 5; i++) {
                awaitRequests(recorder.report().latency().requests() + 100);
                assertThat(new ShopAudit(database::connect, ledger)
                                .compare(List.of())
                                .examples())
                        .isEmpty();
            }
            traffic.drain();
        }
        assertThat(recorder.report().firstFailures()).isEmpty();
    }

    /** Both shapes kept in step by triggers written by hand: what the applications must be able to live with. */
    @Test
    void theFirstAndTheLastVersionWorkOnTheSameRowsWhenTheShapesAreKeptInStep(TestDatabase database) throws Exception {
        List<Release> releases = ShopMigrations.releases();
        Release last = releases.get(releases.size() - 1);
        database.execute(BothShapes.SQL);
        try (Traffic old = start(database, new ShopApplication("v1", ShopVersion.first(), ledger), 1);
                Traffic young = start(database, new ShopApplication(last.application(), last.version(), ledger), 2)) {
            awaitRequests(6000);
            old.drain();
            young.drain();
        }
        assertThat(recorder.report().firstFailures()).isEmpty();
        ShopAudit audit = new ShopAudit(database::connect, ledger);
        assertThat(audit.compare(List.of()).examples()).isEmpty();
        List<String> plain = releases.stream()
                .flatMap(release -> release.migrations().stream())
                .map(ShopMigrations::up)
                .toList();
        assertThat(audit.compare(plain).examples()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "UPDATE users SET last_name = last_name || ' ' WHERE id = 17",
                "UPDATE users SET visits = visits + 1 WHERE id = 17",
                "DELETE FROM users WHERE id = 20",
                "INSERT INTO users (first_name, last_name, email) VALUES ('a', 'b', 'c')",
                "UPDATE products SET price = price + 0.01 WHERE id = 3",
                "UPDATE orders SET placed_at = NULL WHERE id = 1000",
                "ALTER TABLE products ALTER COLUMN price TYPE numeric(12,2)",
                "ALTER TABLE orders RENAME COLUMN status TO state",
            })
    void theAuditFindsOneWrongRow(String corruption, TestDatabase database) throws Exception {
        serve(database, 300);
        assertThat(new ShopAudit(database::connect, ledger).compare(List.of()).isEqual())
                .isTrue();
        database.execute(corruption);
        AuditReport audit = new ShopAudit(database::connect, ledger).compare(List.of());
        assertThat(audit.unequal()).isEqualTo(1);
        assertThat(audit.examples()).hasSize(1);
    }

    @Test
    void anApplicationNoticesWritesThatAreLost(TestDatabase database) throws Exception {
        database.execute("""
                CREATE FUNCTION lose() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN NEW.last_name := OLD.last_name; RETURN NEW; END';
                CREATE TRIGGER lose BEFORE UPDATE OF last_name ON users FOR EACH ROW EXECUTE FUNCTION lose();
                """);
        serve(database, 3000);
        assertThat(recorder.report().failed()).isPositive();
        assertThat(recorder.report().firstFailures().get(0).message()).contains("wrong answer: ");
    }

    private void serve(TestDatabase database, long requests) throws Exception {
        try (Traffic one = start(database, "v1", 1);
                Traffic other = start(database, "v2", 2)) {
            awaitRequests(requests);
            one.drain();
            other.drain();
        }
    }

    private Traffic start(TestDatabase database, String name, long seed) throws SQLException {
        return start(database, new ShopApplication(name, ShopVersion.first(), ledger), seed);
    }

    private Traffic start(TestDatabase database, ShopApplication application, long seed) throws SQLException {
        return Traffic.start(application, database::connect, new Load(3, 800, seed), recorder);
    }

    private void awaitRequests(long requests) throws InterruptedException {
        while (recorder.report().latency().requests() < requests) {
            Thread.sleep(5);
        }
    }
}
