package dev.sluice.postgres;

import dev.sluice.catalog.Catalog;
import dev.sluice.db.Session;
import dev.sluice.lab.EmbeddedPostgres;
import dev.sluice.lab.PostgresVersion;
import dev.sluice.lab.TestDatabase;
import dev.sluice.lab.TestDatabases;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Objects;

/** The rich schema of the tests, and catalogs read from databases. */
public final class Schemas {

    private Schemas() {}

    /** A database with one of almost everything. */
    public static TestDatabase rich(TestDatabases databases, PostgresVersion version) throws SQLException {
        roles(databases.server(version));
        TestDatabase database = databases.create(version);
        execute(database, resource("rich-schema.sql"));
        return database;
    }

    public static Catalog catalog(TestDatabase database) {
        try (Session session = Session.open(database::connect, "test")) {
            return CatalogReader.read(session);
        }
    }

    /** Runs a script; in simple mode, because the driver loses its way between the statements of a BEGIN ATOMIC body. */
    public static void execute(TestDatabase database, String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection(database.jdbcUrl() + "&preferQueryMode=simple");
                var statement = connection.createStatement()) {
            statement.setEscapeProcessing(false);
            statement.execute(sql);
        }
    }

    /** A file beside this class. */
    public static String resource(String name) {
        try (InputStream in = Schemas.class.getResourceAsStream(name)) {
            return new String(Objects.requireNonNull(in, name).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Roles belong to the server, which tests share. */
    private static void roles(EmbeddedPostgres server) throws SQLException {
        try (Connection connection = server.connect("postgres");
                var statement = connection.createStatement()) {
            statement.execute("""
                    DO $$ BEGIN
                      PERFORM pg_advisory_xact_lock(4711);
                      IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'cat_owner') THEN
                        CREATE ROLE cat_owner; CREATE ROLE cat_reader; CREATE ROLE cat_super SUPERUSER; CREATE ROLE "odd ""role=";
                      END IF;
                    END $$""");
        }
    }
}
