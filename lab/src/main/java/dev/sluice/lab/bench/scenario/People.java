package dev.sluice.lab.bench.scenario;

import dev.sluice.lab.bench.tool.Database;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Locale;

/** A table that gets a column {@code full_name}, filled from two others; ways to do that. */
final class People {
    static final String UPDATE = "one UPDATE";
    static final String IN_STEP = "one UPDATE, in step";
    static final String BATCHES = "keyset batches";
    static final String HALF = "Sluice at 50 %";

    /** What is filled with what. */
    static final String EXPRESSION = "first || ' ' || last";

    static final String MIGRATION = """
        ALTER TABLE people ADD COLUMN full_name text;
        UPDATE people SET full_name = first || ' ' || last;

        -- migrate:down
        ALTER TABLE people DROP COLUMN full_name;
        """;

    static final String PGROLL = """
        {"add_column": {"table": "people", "up": "first || ' ' || last",
          "column": {"name": "full_name", "type": "text", "nullable": true}}}
        """;

    private static final int BATCH = 5000;

    private People() {}

    /** How the table looks besides its key. */
    enum Width {
        NARROW,
        /** Half a kilobyte more in every row. */
        WIDE
    }

    static String table(long rows, int indexes, Width width) {
        StringBuilder sql = new StringBuilder(
                String.format(Locale.ROOT, """
                CREATE TABLE people (id bigint, first text, last text, visits int, city text, born date, note text)
                  WITH (autovacuum_enabled = off);
                INSERT INTO people
                  SELECT g, 'first' || g, 'last' || g, 0, 'city' || g %% 1000, date '1950-01-01' + (g %% 20000)::int, %s
                    FROM generate_series(1, %d) g;
                ALTER TABLE people ADD PRIMARY KEY (id);
                """, width == Width.WIDE ? "rpad('note' || g, 500, 'x')" : "NULL", rows));
        String[] columns = {"last", "city", "born", "first"};
        for (int i = 0; i < indexes; i++) {
            sql.append("CREATE INDEX ON people (").append(columns[i]).append(");\n");
        }
        return sql.toString();
    }

    static void oneUpdate(Database database) throws SQLException {
        try (Connection connection = database.connect();
                var statement = connection.createStatement()) {
            statement.execute("ALTER TABLE people ADD COLUMN full_name text");
            statement.execute("UPDATE people SET full_name = " + EXPRESSION);
        }
    }

    /** The same under a dual write as Sluice installs it: what any method has to pay that keeps the old version right. */
    static void oneUpdateInStep(Database database) throws SQLException {
        try (Connection connection = database.connect();
                var statement = connection.createStatement()) {
            statement.execute("ALTER TABLE people ADD COLUMN full_name text");
            statement.execute("""
                CREATE FUNCTION up(first text, last text) RETURNS text LANGUAGE sql RETURN first || ' ' || last;
                CREATE FUNCTION in_step() RETURNS trigger LANGUAGE plpgsql AS $$
                BEGIN
                  NEW.full_name := up(NEW.first, NEW.last);
                  RETURN NEW;
                END $$;
                CREATE TRIGGER inserted BEFORE INSERT ON people FOR EACH ROW
                  WHEN (NOT pg_catalog.record_image_eq(ROW(NEW.full_name), ROW(up(NEW.first, NEW.last))))
                  EXECUTE FUNCTION in_step();
                CREATE TRIGGER updated BEFORE UPDATE ON people FOR EACH ROW
                  WHEN (NOT pg_catalog.record_image_eq(ROW(NEW.full_name), ROW(up(NEW.first, NEW.last))))
                  EXECUTE FUNCTION in_step();
                """);
            statement.execute("UPDATE people SET full_name = up(first, last)");
        }
    }

    /** As careful scripts do it: the key at which a batch ends, then the range, each batch its own transaction. */
    static void batches(Database database) throws SQLException {
        try (Connection connection = database.connect();
                var statement = connection.createStatement()) {
            statement.execute("ALTER TABLE people ADD COLUMN full_name text");
            try (PreparedStatement end = connection.prepareStatement(
                            "SELECT max(id) FROM (SELECT id FROM people WHERE id > ? ORDER BY id LIMIT " + BATCH
                                    + ") x");
                    PreparedStatement update = connection.prepareStatement(
                            "UPDATE people SET full_name = " + EXPRESSION + " WHERE id > ? AND id <= ?")) {
                long from = 0;
                while (true) {
                    end.setLong(1, from);
                    long to;
                    try (ResultSet result = end.executeQuery()) {
                        result.next();
                        to = result.getLong(1);
                        if (result.wasNull()) {
                            return;
                        }
                    }
                    update.setLong(1, from);
                    update.setLong(2, to);
                    update.executeUpdate();
                    from = to;
                }
            }
        }
    }

    /** @throws IllegalStateException when a row has not got its value */
    static void requireFilled(Database database, String column) throws SQLException {
        double missed =
                database.number("SELECT count(*) FROM people WHERE " + column + " IS DISTINCT FROM " + EXPRESSION);
        if (missed != 0) {
            throw new IllegalStateException(String.format(Locale.ROOT, "%.0f rows were not filled", missed));
        }
    }
}
