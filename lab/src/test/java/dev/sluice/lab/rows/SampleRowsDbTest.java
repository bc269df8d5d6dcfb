package dev.sluice.lab.rows;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.catalog.Catalog;
import dev.sluice.db.Session;
import dev.sluice.lab.PostgresExtension;
import dev.sluice.lab.PostgresVersion;
import dev.sluice.lab.TestDatabase;
import dev.sluice.lab.TestDatabases;
import dev.sluice.postgres.CatalogReader;
import dev.sluice.sql.QualifiedName;
import java.io.IOException;
import java.sql.SQLException;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(PostgresExtension.class)
final class SampleRowsDbTest {

    private static final long ROWS = 60;
    private static final long SEED = 7;

    @ParameterizedTest
    @ValueSource(ints = {14, 18})
    void everyTableOfAHostileSchemaIsFilledOrTheReportSaysWhy(int major, TestDatabases databases)
            throws SQLException, IOException {
        TestDatabase database = databases.create(PostgresVersion.ofMajor(major));
        Hostile.load(database);
        try (Session session = Session.open(database::connect, "test")) {
            Catalog catalog = CatalogReader.read(session);

            FillReport report =
                    SampleRows.fill(session, catalog, catalog.tables().keySet(), ROWS, SEED);

            assertThat(report.shortfall(QualifiedName.of("public", "impossible")))
                    .hasValueSatisfying(s -> assertThat(s.reason()).contains("column v"));
            assertThat(report.rows().keySet()).hasSizeGreaterThan(30);
            assertThat(report.totalRows()).isGreaterThan(30 * ROWS);
        }
    }
}
