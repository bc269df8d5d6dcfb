package dev.sluice.backfill;

import dev.sluice.lab.TestDatabase;
import dev.sluice.plan.Assignment;
import dev.sluice.plan.Source;
import dev.sluice.plan.Step;
import dev.sluice.plan.StepInfo;
import dev.sluice.sql.QualifiedName;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A database with a table to work on, and what tests ask about it. */
final class DataFixture {

    static final QualifiedName PEOPLE = QualifiedName.of("public", "people");
    static final String PENDING = "full_name IS NULL";
    static final List<Assignment> FULL_NAME = List.of(new Assignment("full_name", "first || ' ' || last"));

    /** The new column is filled by whatever touches a row; direct SETs are consistent and pass. */
    static final String TRIGGER = """
        CREATE FUNCTION people_sync() RETURNS trigger LANGUAGE plpgsql AS
          $$BEGIN NEW.full_name := NEW.first || ' ' || NEW.last; RETURN NEW; END$$;
        CREATE TRIGGER "~sluice_i" BEFORE INSERT ON people FOR EACH ROW
          WHEN (NEW.full_name IS DISTINCT FROM NEW.first || ' ' || NEW.last) EXECUTE FUNCTION people_sync();
        CREATE TRIGGER "~sluice_u" BEFORE UPDATE ON people FOR EACH ROW
          WHEN (NEW.full_name IS DISTINCT FROM NEW.first || ' ' || NEW.last) EXECUTE FUNCTION people_sync();
        """;

    private final TestDatabase database;
    final List<String> notices = new ArrayList<>();
    final List<Progress> progress = new ArrayList<>();

    DataFixture(TestDatabase database, String ddl) throws SQLException {
        this.database = database;
        database.execute(TableCursors.DDL + ddl);
    }

    static String people(String key, String rest, int rows) {
        return "CREATE TABLE people (" + key + ", first text NOT NULL, last text NOT NULL, full_name text, touched int"
                + " NOT NULL DEFAULT 0) " + rest + ";" + fill(rows);
    }

    static String fill(int rows) {
        return "INSERT INTO people (id, first, last) SELECT g, 'first' || g, 'last' || g FROM generate_series(1, "
                + rows + ") g;";
    }

    DataWork work() {
        return work(DataOptions.defaults());
    }

    DataWork work(DataOptions options) {
        ProgressListener listener = new ProgressListener() {
            @Override
            public void progress(Progress seen) {
                progress.add(seen);
            }

            @Override
            public void notice(String text) {
                notices.add(text);
            }
        };
        return new DataWork(new DataContext(database::connect, "public", options, listener, Control.NONE));
    }

    static DataOptions patience(Duration patience) {
        DataOptions usual = DataOptions.defaults();
        return new DataOptions(usual.targetBatch(), usual.maxReplicaLag(), patience, usual.vacuum(), usual.maxSweeps());
    }

    static Step.Backfill backfill(String... keyColumns) {
        return backfill(FULL_NAME, PENDING, keyColumns);
    }

    static Step.Backfill backfill(List<Assignment> assignments, String pending, String... keyColumns) {
        return new Step.Backfill(info(), PEOPLE, assignments, pending, false, List.of(keyColumns));
    }

    static StepInfo info() {
        return new StepInfo("e1", "a step", "a test", new Source("test.sql", 1, 1), List.of(), -1, -1, List.of());
    }

    long number(String sql) throws SQLException {
        try (Connection connection = database.connect()) {
            return number(connection, sql);
        }
    }

    static long number(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement();
                var result = statement.executeQuery(sql)) {
            result.next();
            return result.getLong(1);
        }
    }

    void execute(String sql) throws SQLException {
        database.execute(sql);
    }

    Connection connect() throws SQLException {
        return database.connect();
    }

    /** Rows that are not exactly what the plain UPDATE would have made of them. */
    long wrongRows() throws SQLException {
        return number("SELECT count(*) FROM people WHERE full_name IS DISTINCT FROM first || ' ' || last");
    }
}
