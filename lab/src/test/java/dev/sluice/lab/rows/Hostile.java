package dev.sluice.lab.rows;

import dev.sluice.catalog.Catalog;
import dev.sluice.db.Session;
import dev.sluice.lab.TestDatabase;
import dev.sluice.postgres.CatalogReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Objects;

/** The schema of these tests: one of everything that makes writing rows hard. */
final class Hostile {

    private Hostile() {}

    static void load(TestDatabase database) throws SQLException, IOException {
        load(database, "hostile-schema.sql");
    }

    /** Runs a script in simple mode, because the driver would split it inside a function's body. */
    static void load(TestDatabase database, String resource) throws SQLException, IOException {
        try (InputStream in = Hostile.class.getResourceAsStream(resource)) {
            execute(database, new String(Objects.requireNonNull(in, resource).readAllBytes(), StandardCharsets.UTF_8));
        }
    }

    static void execute(TestDatabase database, String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection(database.jdbcUrl() + "&preferQueryMode=simple");
                var statement = connection.createStatement()) {
            statement.setEscapeProcessing(false);
            statement.execute(sql);
        }
    }

    /** Fills all tables of the database. */
    static FillReport fill(Session session, long rows, long seed) {
        Catalog catalog = CatalogReader.read(session);
        return SampleRows.fill(session, catalog, catalog.tables().keySet(), rows, seed);
    }
}
