package dev.sluice.lab.fuzz;

import dev.sluice.Settings;
import dev.sluice.db.DatabaseException;
import dev.sluice.db.Session;
import dev.sluice.lab.EmbeddedPostgres;
import dev.sluice.parser.PgParser;
import java.sql.SQLException;
import java.util.Optional;

/** Generates and runs seeds, one after the other, on two databases of its own. Used by one thread. */
final class Worker implements AutoCloseable {

    /** So many lives make the catalogs of a database so full of dead rows that a new one is cheaper. */
    private static final int LIVES = 300;

    private final EmbeddedPostgres server;
    private final String name;
    private final PgParser parser = new PgParser();
    private PooledDatabase planned;
    private PooledDatabase plain;
    private int lives;

    Worker(EmbeddedPostgres server, String name) throws SQLException {
        this.server = server;
        this.name = name;
        this.planned = PooledDatabase.create(server, name + "_planned");
        this.plain = PooledDatabase.create(server, name + "_plain");
    }

    /** What a seed came to. */
    record Result(long seed, Scenario scenario, Verdict verdict) {}

    Result run(long seed) {
        refresh();
        Dice dice = new Dice(seed);
        Names names = new Names(dice);
        Scenario schema = new SchemaGenerator(dice, names).generate();
        plain.empty();
        try {
            plain.execute(schema.schema());
        } catch (DatabaseException e) {
            return new Result(seed, schema, Verdict.invalid(String.valueOf(e.getMessage())));
        }
        MigrationGenerator.Thrown thrown;
        try (Session session = plain.session("test")) {
            thrown = new MigrationGenerator(dice, names, schema.large()).generate(session);
        }
        Scenario scenario = schema.withUp(thrown.statements());
        Verdict verdict = scenario.up().isEmpty()
                ? Verdict.invalid("nothing thrown worked")
                : life(scenario).run(thrown.end());
        return new Result(seed, scenario, verdict);
    }

    Verdict run(Scenario scenario) {
        refresh();
        return scenario.up().isEmpty()
                ? Verdict.invalid("no migration")
                : life(scenario).run(Optional.empty());
    }

    private ScenarioLife life(Scenario scenario) {
        return new ScenarioLife(planned, plain, parser, Settings.defaults().withActor("fuzz"), scenario);
    }

    private void refresh() {
        lives++;
        if (lives % LIVES == 0) {
            try {
                planned.drop();
                plain.drop();
                planned = PooledDatabase.create(server, name + "_planned");
                plain = PooledDatabase.create(server, name + "_plain");
            } catch (SQLException e) {
                throw DatabaseException.of(e, "");
            }
        }
    }

    @Override
    public void close() throws SQLException {
        parser.close();
        planned.close();
        plain.close();
    }
}
