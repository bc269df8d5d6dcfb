package dev.sluice.lab.rows;

import dev.sluice.catalog.Catalog;
import dev.sluice.catalog.Constraint;
import dev.sluice.catalog.Table;
import dev.sluice.db.Session;
import dev.sluice.lab.TestDatabase;
import dev.sluice.postgres.CatalogReader;
import dev.sluice.sql.Identifier;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
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

    /** Rows that point at nothing: nobody looks while triggers are off. */
    static List<String> orphans(Session session) {
        List<String> orphans = new ArrayList<>();
        Catalog catalog = CatalogReader.read(session);
        for (Table table : catalog.tables().values()) {
            for (Constraint key : table.foreignKeys()) {
                Constraint.ForeignKey target = key.foreignKey().orElseThrow();
                List<String> same = new ArrayList<>();
                List<String> set = new ArrayList<>();
                for (int i = 0; i < key.columns().size(); i++) {
                    String column = "c." + Identifier.quote(key.columns().get(i));
                    same.add(
                            column + " = p." + Identifier.quote(target.columns().get(i)));
                    set.add(column + " IS NOT NULL");
                }
                orphans.addAll(session.query(
                        "SELECT c::text FROM " + table.name().quoted() + " c WHERE " + String.join(" AND ", set)
                                + " AND NOT EXISTS (SELECT FROM "
                                + target.table().quoted() + " p WHERE "
                                + String.join(" AND ", same) + ")",
                        row -> table.name() + " " + row.text(1)));
            }
        }
        return orphans;
    }
}
