package dev.sluice.lifecycle;

import java.util.List;

/** Minimal scripts of what random migrations found: things that are right each by itself and were wrong together. */
final class FoundCases {

    private static final String THINGS = """
            CREATE TABLE things (
              id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
              number serial,
              name varchar(40) NOT NULL,
              price numeric DEFAULT 0,
              body json,
              other int
            );
            CREATE STATISTICS things_stats ON name, other FROM things;
            COMMENT ON STATISTICS things_stats IS 'both';
            CREATE INDEX things_price ON things (price);
            GRANT UPDATE (name), SELECT (name) ON things TO pg_monitor;
            INSERT INTO things (name, price, body, other)
              SELECT 'n' || i, i, '{"a" : 1}', i FROM generate_series(1, :rows) i;
            """;

    private static final String OLD = "INSERT INTO things (name, body) VALUES ('old', '{}')";

    private FoundCases() {}

    private static LifecycleCase things(String name, String up) {
        return LifecycleCase.of("found: " + name, THINGS, up).withOld(OLD);
    }

    static List<LifecycleCase> all() {
        return List.of(
                things("column with a quote in its name", "ALTER TABLE things ADD COLUMN \"a\"\"b\" bit(8);"),
                LifecycleCase.of(
                                "found: check on a column of a small table that changes its type",
                                """
                        CREATE TABLE small (id int PRIMARY KEY, c smallint CONSTRAINT above CHECK (c > -100000));
                        COMMENT ON CONSTRAINT above ON small IS 'as written';
                        INSERT INTO small SELECT i, i % 100 FROM generate_series(1, :rows) i;
                        """,
                                "ALTER TABLE small ALTER COLUMN c TYPE numeric;")
                        .withOld("UPDATE small SET c = 4 WHERE id = :id"),
                things(
                        "default of a type without equality",
                        "ALTER TABLE things ADD COLUMN place point DEFAULT '(1,1)';"),
                things(
                        "comment on a constraint that waits",
                        "ALTER TABLE things ADD CONSTRAINT dear CHECK (price > -1) NOT VALID;"
                                + " COMMENT ON CONSTRAINT dear ON things IS 'dear';"),
                things(
                        "rename a table and drop a column",
                        "ALTER TABLE things RENAME TO goods; ALTER TABLE goods DROP COLUMN price;"),
                things(
                        "rename a new table",
                        "CREATE TABLE fresh (id bigserial PRIMARY KEY); ALTER TABLE fresh RENAME TO fresher;"
                                + " ALTER TABLE things ALTER COLUMN name SET STATISTICS 300;"),
                things("drop an identity column", "ALTER TABLE things DROP COLUMN id;"),
                things("drop a serial column", "ALTER TABLE things DROP COLUMN number;"),
                things("drop a column with statistics", "ALTER TABLE things DROP COLUMN other;"),
                things(
                        "change the type of a column with statistics",
                        "ALTER TABLE things ALTER COLUMN other TYPE bigint;"),
                things("revoke rights on columns", "REVOKE ALL ON things FROM pg_monitor;"),
                things(
                        "new tables that refer to tables in use",
                        "CREATE TABLE notes (id int PRIMARY KEY, thing int REFERENCES things);"
                                + " CREATE TABLE marks (note int REFERENCES notes, thing int);"
                                + " ALTER TABLE marks ADD FOREIGN KEY (thing) REFERENCES things;"
                                + " ALTER TABLE things ALTER COLUMN name SET STATISTICS 300;"),
                things(
                                "values that differ from row to row",
                                "ALTER TABLE things ADD COLUMN code uuid DEFAULT"
                                        + " gen_random_uuid(), ADD COLUMN place bigserial;")
                        .withAnyValue("code", "place"),
                things(
                        "rename the key and change data",
                        "ALTER TABLE things RENAME COLUMN id TO thing_id; ALTER TABLE things RENAME COLUMN price TO cost;"
                                + " UPDATE things SET cost = other WHERE cost > 3; DELETE FROM things WHERE cost = 9;"),
                things(
                                "rename a table with defaults",
                                "ALTER TABLE things ALTER COLUMN other SET DEFAULT 7; ALTER TABLE things RENAME TO goods;")
                        .withNew(
                                "UPDATE goods SET number = DEFAULT, other = DEFAULT WHERE id = :id",
                                "INSERT INTO goods (name, price, body) VALUES ('new', DEFAULT, '{}')"),
                things(
                        "a trigger that does not fire yet",
                        "CREATE FUNCTION stay() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';"
                                + " CREATE TRIGGER stay BEFORE UPDATE ON things FOR EACH ROW EXECUTE FUNCTION stay();"
                                + " ALTER TABLE things DISABLE TRIGGER stay;"),
                things(
                                "rename a table, then what the server names after it",
                                "ALTER TABLE things RENAME TO goods; ALTER TABLE goods ADD COLUMN full_name text;"
                                        + " UPDATE goods SET full_name = name || '!';"
                                        + " ALTER TABLE goods ALTER full_name SET NOT NULL;"
                                        + " ALTER TABLE goods ADD COLUMN kind text NOT NULL DEFAULT 'x' CHECK (kind <> '');"
                                        + " ALTER TABLE goods ALTER other SET NOT NULL; CREATE INDEX ON goods (other);")
                        .withOld("INSERT INTO things (name, body, other) VALUES ('old', '{}', 1)"),
                things(
                        "rename a column and drop an index with it",
                        "ALTER TABLE things RENAME price TO cost; DROP INDEX things_price;"),
                things(
                        "comments on what the script itself makes",
                        "CREATE UNIQUE INDEX things_id ON things (id); COMMENT ON INDEX things_id IS 'unique';"
                                + " COMMENT ON CONSTRAINT things_pkey ON things IS 'key';"),
                LifecycleCase.of(
                        "found: drop a table with statistics",
                        THINGS + "CREATE TABLE more (n int); INSERT INTO more SELECT 1;",
                        "DROP TABLE things; CREATE INDEX ON more (n);"),
                LifecycleCase.of(
                                "found: a default in the place of a sequence",
                                "CREATE TABLE numbered (id serial PRIMARY KEY, note text);"
                                        + " INSERT INTO numbered (note) SELECT 'n' FROM generate_series(1, :rows) i;",
                                "ALTER TABLE numbered ALTER id SET DEFAULT -9; ALTER TABLE numbered ALTER note SET STATISTICS 200;")
                        .withOld("INSERT INTO numbered (note) VALUES ('old')"),
                things("json as it was written comes back", "ALTER TABLE things ALTER COLUMN body TYPE jsonb;"),
                things(
                        "numbers as they were come back",
                        "-- sluice:allow same-name-cutover reason=\"readers are stopped\"\n"
                                + "ALTER TABLE things ALTER COLUMN price TYPE numeric(20, 2);"));
    }

    static List<RefusedCase> refused() {
        return List.of(
                new RefusedCase(
                        "found: make an index and drop it",
                        THINGS,
                        "CREATE INDEX short_lived ON things (other);\nDROP INDEX short_lived;",
                        "drop-new-index",
                        2,
                        "Leave out both"),
                new RefusedCase(
                        "found: refer to a table and drop it",
                        THINGS,
                        "CREATE TABLE parts (thing int REFERENCES things);\nDROP TABLE things CASCADE;",
                        "drop-cascade",
                        2,
                        "Drop them first"),
                new RefusedCase(
                        "found: refer to a table and drop its key",
                        THINGS,
                        "CREATE TABLE parts (thing int REFERENCES things);\n"
                                + "ALTER TABLE things DROP CONSTRAINT things_pkey CASCADE;",
                        "drop-referenced-key",
                        2,
                        "later migration"),
                new RefusedCase(
                        "found: refer to a table under its new name",
                        THINGS,
                        "ALTER TABLE things RENAME TO goods;\nCREATE TABLE parts (thing int REFERENCES goods);",
                        "rename-table",
                        2,
                        "before the rename"),
                new RefusedCase(
                        "found: a sequence that has the name of its table",
                        THINGS,
                        "ALTER TABLE things RENAME TO goods;\nALTER TABLE goods ADD COLUMN place bigserial;",
                        "rename-table",
                        2,
                        "before the rename"),
                new RefusedCase(
                        "found: view strategy and a dropped index",
                        THINGS,
                        "-- sluice:strategy view\nALTER TABLE things RENAME price TO cost;\nDROP INDEX things_price;",
                        "rename-by-view",
                        2,
                        "Leave the strategy"));
    }
}
