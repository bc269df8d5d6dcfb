package dev.sluice.cli;

import dev.sluice.ExitCode;
import dev.sluice.SluiceException;
import dev.sluice.lab.EmbeddedPostgres;
import dev.sluice.lab.PostgresSettings;
import dev.sluice.lab.PostgresVersion;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Uses what commands use, once, so that the JVM can keep the classes: the launcher runs this after a build to make the
 * archive that later starts are fast with. A real server takes part, as most classes of a start belong to the driver, the
 * catalog and the planner. What is forgotten here only starts more slowly.
 */
final class StartupTraining {

    private static final String FIRST = """
            -- migrate:up
            CREATE TABLE customers (id bigint PRIMARY KEY, name text NOT NULL DEFAULT '', nick text, CHECK (id > 0));
            CREATE TABLE orders (id bigint PRIMARY KEY, customer_id bigint REFERENCES customers);
            CREATE INDEX customers_name ON customers (lower(name));
            CREATE VIEW named AS SELECT id, name FROM customers;
            -- migrate:down
            DROP VIEW named;
            DROP TABLE orders, customers;
            """;

    private static final String ROWS =
            "INSERT INTO customers SELECT g, 'name ' || g, 'nick' FROM generate_series(1, 100) g";

    private static final String SECOND = """
            -- migrate:up
            ALTER TABLE customers ADD COLUMN email text;
            UPDATE customers SET email = nick || '@example.org';
            ALTER TABLE customers ALTER COLUMN email SET NOT NULL;
            ALTER TABLE customers DROP COLUMN nick;
            ALTER TABLE orders ADD COLUMN price int NOT NULL DEFAULT 0 CHECK (price >= 0);
            CREATE INDEX orders_customer ON orders (customer_id);
            -- migrate:down
            DROP INDEX orders_customer;
            ALTER TABLE orders DROP COLUMN price;
            ALTER TABLE customers ADD COLUMN nick text;
            UPDATE customers SET nick = split_part(email, '@', 1);
            ALTER TABLE customers DROP COLUMN email;
            """;

    /** For the linter: the usual statements, so that what judges them is there. */
    private static final String LINTED = """
            CREATE TYPE mood AS ENUM ('good');
            ALTER TYPE mood ADD VALUE 'bad';
            CREATE DOMAIN amount AS int CHECK (VALUE > 0);
            CREATE SEQUENCE numbers OWNED BY orders.id;
            CREATE TABLE parts (id serial PRIMARY KEY, at date, price amount, m mood) PARTITION BY RANGE (at);
            CREATE TABLE part PARTITION OF parts FOR VALUES FROM ('2026-01-01') TO ('2027-01-01');
            ALTER TABLE parts DETACH PARTITION part;
            ALTER TABLE parts ATTACH PARTITION part FOR VALUES FROM ('2026-01-01') TO ('2027-01-01');
            CREATE FUNCTION nothing() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
            CREATE TRIGGER nothing BEFORE UPDATE OF name ON customers FOR EACH ROW EXECUTE FUNCTION nothing();
            ALTER TABLE customers ADD COLUMN made timestamptz DEFAULT clock_timestamp(), ADD COLUMN j json;
            ALTER TABLE customers ALTER COLUMN name TYPE varchar(20), ALTER COLUMN nick SET NOT NULL;
            ALTER TABLE customers ADD CONSTRAINT named UNIQUE (name), ADD CHECK (id > 1), ALTER nick SET DEFAULT 'x';
            ALTER TABLE orders ADD CONSTRAINT c FOREIGN KEY (customer_id) REFERENCES customers NOT VALID;
            ALTER TABLE orders VALIDATE CONSTRAINT c;
            ALTER TABLE orders DROP CONSTRAINT c;
            ALTER TABLE customers ALTER COLUMN id TYPE numeric;
            ALTER TABLE customers RENAME COLUMN nick TO nickname;
            ALTER TABLE customers RENAME TO clients;
            CREATE UNIQUE INDEX CONCURRENTLY clients_name ON clients (name) WHERE id > 5;
            DROP INDEX clients_name;
            CREATE OR REPLACE VIEW named AS SELECT id FROM clients;
            UPDATE clients SET name = upper(name);
            DELETE FROM orders USING clients WHERE clients.id = customer_id;
            INSERT INTO orders SELECT 1, id FROM clients;
            GRANT SELECT ON clients TO PUBLIC;
            SET lock_timeout = '2s';
            BEGIN;
            LOCK TABLE clients;
            COMMIT;
            DROP TABLE orders CASCADE;
            TRUNCATE clients;
            """;

    private StartupTraining() {}

    public static void main(String... arguments) throws IOException, SQLException {
        Path directory = Files.createTempDirectory("sluice-training");
        Path first = directory.resolve("20260101000000_first.sql");
        Path second = directory.resolve("20260102000000_second.sql");
        Path linted = directory.resolve("20260103000000_linted.sql");
        try {
            Files.writeString(first, FIRST);
            command(directory, "--help");
            command(directory, "plan", "--help");
            command(directory, "--version");
            Files.writeString(linted, LINTED);
            command(directory, "lint", "--dir", ".", "--fail-on", "never");
            command(directory, "lint", "--dir", ".", "--format", "json");
            Files.delete(linted);
            lintCases(directory);
            // Nobody listens on port 1: the driver fails.
            command(directory, "status", "--url", "postgres://nobody@127.0.0.1:1/none");
            try (EmbeddedPostgres server =
                    EmbeddedPostgres.start(PostgresVersion.newest(), PostgresSettings.forTests())) {
                String url = server.url("postgres");
                succeed(directory, "up", "--url", url, "--dir", ".");
                try (Connection connection = server.connect("postgres");
                        var statement = connection.createStatement()) {
                    statement.execute(ROWS);
                    statement.execute("ANALYZE");
                }
                Files.writeString(second, SECOND);
                for (String command : List.of("status", "plan", "up", "status", "contract", "history")) {
                    succeed(directory, command, "--url", url, "--dir", ".");
                }
            } catch (SluiceException e) {
                // no server for this platform: commands that connect start more slowly
                return;
            }
        } finally {
            Files.deleteIfExists(linted);
            Files.deleteIfExists(first);
            Files.deleteIfExists(second);
            Files.deleteIfExists(directory);
        }
    }

    /** Lints the cases on the pages of the rules: so that each rule has been used, with what it says and how it mends. */
    private static void lintCases(Path directory) throws IOException {
        Path pages = Path.of(System.getProperty("sluice.docs", ""), "rules");
        if (!Files.isDirectory(pages)) {
            return;
        }
        Path cases = Files.createTempDirectory("sluice-training-rules");
        List<Path> written = new ArrayList<>();
        try (Stream<Path> files = Files.list(pages)) {
            for (Path page : files.sorted().toList()) {
                String text = Files.readString(page);
                int start = text.indexOf("```sql\n");
                if (start < 0) {
                    continue; // the list of rules
                }
                String sql = text.substring(start + "```sql\n".length(), text.lastIndexOf("```"));
                for (String script : sql.split("(?m)^-- (?:case: .*|next file|way back)$")) {
                    Path file = cases.resolve(String.format("%05d_case.sql", written.size() + 1));
                    written.add(file);
                    Files.writeString(file, script);
                }
            }
            command(directory, "lint", cases.toString(), "--fail-on", "never", "--show", "info");
            command(directory, "lint", cases.toString(), "--fail-on", "never", "--format", "json");
        } finally {
            for (Path file : written) {
                Files.deleteIfExists(file);
            }
            Files.deleteIfExists(cases);
        }
    }

    private static void succeed(Path directory, String... arguments) {
        int code = command(directory, arguments);
        if (code != ExitCode.OK.code() && code != ExitCode.PENDING.code()) {
            throw new IllegalStateException(String.join(" ", arguments) + ": exit code " + code);
        }
    }

    private static int command(Path directory, String... arguments) {
        var surroundings =
                new Surroundings(Map.of(), directory, directory, "", false, false, false, InstantSource.system());
        var nowhere = new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
        return new Cli(surroundings, new Streams(InputStream.nullInputStream(), nowhere, nowhere), Interruption.none())
                .run(arguments);
    }
}
