package dev.sluice.lifecycle;

import java.util.List;

/** Scripts whose statements touch one another's things: most were found by random migrations. */
final class CombinedCases {

    private static final String PEOPLE = """
            CREATE TYPE mood AS ENUM ('sad', 'ok');
            CREATE TABLE people (
              id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
              name text NOT NULL,
              age int DEFAULT 7,
              mood mood DEFAULT 'ok',
              boss int REFERENCES people (id)
            );
            CREATE INDEX people_age ON people (age);
            GRANT SELECT ON people TO pg_monitor;
            INSERT INTO people (name, age) SELECT 'n' || i, i FROM generate_series(1, :rows) i;
            """;

    private static final String OLD = "INSERT INTO people (name) VALUES ('old')";

    /** A key that is checked only when the transaction ends: ON CONFLICT does not take it. */
    private static final String DEFERRED = """
            CREATE TABLE codes (code text NOT NULL UNIQUE DEFERRABLE INITIALLY DEFERRED, n int);
            INSERT INTO codes SELECT 'c' || i, i FROM generate_series(1, :rows) i;
            """;

    private static final String PAIRS = """
            CREATE TABLE pairs (a int, b int, c text, PRIMARY KEY (a, b));
            INSERT INTO pairs SELECT i, i, 'c' FROM generate_series(1, :rows) i;
            """;

    /** Every row is referred to by one that is stored far behind it. */
    private static final String CHAIN = """
            CREATE TABLE chain (id int PRIMARY KEY, next int, body text);
            INSERT INTO chain SELECT i, i % :rows + 1, repeat('x', 200) FROM generate_series(1, :rows) i;
            CREATE INDEX ON chain (next);
            ALTER TABLE chain ADD FOREIGN KEY (next) REFERENCES chain (id);
            """;

    private static final String KEYLESS = """
            CREATE TABLE keyless (n int NOT NULL, other int, word text);
            INSERT INTO keyless SELECT i, i, 'w' || i FROM generate_series(1, :rows) i;
            """;

    private CombinedCases() {}

    private static LifecycleCase people(String name, String up) {
        return LifecycleCase.of("combined: " + name, PEOPLE, up).withOld(OLD);
    }

    private static RefusedCase refused(String name, String up, String hazard, String advice) {
        return new RefusedCase("combined: " + name, PEOPLE, up, hazard, 2, advice);
    }

    static List<LifecycleCase> all() {
        return List.of(
                LifecycleCase.of(
                        "combined: drop a table with extended statistics",
                        KEYLESS + "CREATE STATISTICS keyless_pairs ON n, other FROM keyless; ANALYZE keyless;",
                        "DROP TABLE keyless;"),
                people(
                                "drop a key that the table itself refers to",
                                "ALTER TABLE people DROP COLUMN id CASCADE; ALTER TABLE people ALTER name DROP NOT NULL;")
                        .withOld("INSERT INTO people (name, boss) VALUES ('old', :id)"),
                LifecycleCase.of(
                                "combined: delete rows with a deferred key",
                                DEFERRED,
                                "DELETE FROM codes WHERE n % 2 = 0;")
                        .withOld("UPDATE codes SET n = n WHERE code = 'c1'"),
                LifecycleCase.of(
                                "combined: drop a part of the key and let the other one be NULL",
                                PAIRS,
                                "ALTER TABLE pairs DROP COLUMN b; ALTER TABLE pairs ALTER a DROP NOT NULL;")
                        .withOld("INSERT INTO pairs VALUES (:n, 1, 'old')"),
                people(
                                "make an index and rename it",
                                "CREATE INDEX by_name ON people (name); ALTER INDEX by_name RENAME TO people_by_name;"
                                        + " COMMENT ON INDEX people_by_name IS 'by name';")
                        .withNew("INSERT INTO people (name) VALUES ('new')"),
                people(
                        "make a unique index and rename it",
                        "CREATE UNIQUE INDEX pair ON people (id, name); ALTER INDEX pair RENAME TO people_both;"),
                people(
                        "rename an index twice",
                        "ALTER INDEX people_age RENAME TO ages; ALTER INDEX ages RENAME TO people_ages;"),
                people(
                        "revoke, then rename the table",
                        "REVOKE ALL ON people FROM pg_monitor; ALTER TABLE people RENAME TO persons;"),
                people(
                        "revoke, then grant less",
                        "REVOKE ALL ON people FROM pg_monitor; GRANT SELECT (name) ON people TO pg_monitor;"
                                + " ALTER TABLE people ALTER name SET STATISTICS 300;"),
                people(
                        "a new column that may be NULL after all",
                        "ALTER TABLE people ADD COLUMN score numeric NOT NULL DEFAULT 0;"
                                + " ALTER TABLE people ALTER score DROP NOT NULL;"),
                people(
                        "rename a new column",
                        "ALTER TABLE people ADD COLUMN score numeric DEFAULT 0;"
                                + " ALTER TABLE people RENAME score TO points; CREATE INDEX ON people (points);"),
                people("rename a label", "ALTER TYPE mood RENAME VALUE 'ok' TO 'fine';")
                        .withOld("INSERT INTO people (name, mood) VALUES ('old', 'sad')"),
                LifecycleCase.of(
                                "combined: delete rows that refer to one another",
                                CHAIN,
                                "DELETE FROM chain WHERE body IS NOT NULL;")
                        .withRows(20_000),
                LifecycleCase.of(
                        "combined: drop a key and then its table",
                        PAIRS + "CREATE TABLE more (n int); INSERT INTO more SELECT 1;",
                        "ALTER TABLE pairs DROP CONSTRAINT pairs_pkey; DROP TABLE pairs; CREATE INDEX ON more (n);"),
                LifecycleCase.of(
                                "combined: a foreign key to the key that the script adds",
                                KEYLESS,
                                "ALTER TABLE keyless ADD PRIMARY KEY (n);"
                                        + " ALTER TABLE keyless ADD FOREIGN KEY (other) REFERENCES keyless;")
                        .withOld("INSERT INTO keyless (n) VALUES (:n)"),
                LifecycleCase.of(
                                "combined: what is said of a column whose type changes",
                                KEYLESS,
                                "COMMENT ON COLUMN keyless.n IS 'new'; GRANT SELECT (n) ON keyless TO pg_monitor;"
                                        + " ALTER TABLE keyless ALTER n SET STATISTICS 300;"
                                        + " ALTER TABLE keyless ALTER n TYPE bigint;")
                        .withOld("INSERT INTO keyless (n) VALUES (:n)")
                        .withRows(12_000),
                LifecycleCase.of(
                                "combined: a comment on the NOT NULL of a column whose type changes",
                                KEYLESS,
                                "COMMENT ON CONSTRAINT keyless_n_not_null ON keyless IS 'never';"
                                        + " ALTER TABLE keyless ALTER n TYPE bigint;")
                        .withOld("INSERT INTO keyless (n) VALUES (:n)")
                        .withRows(12_000)
                        .since(18),
                LifecycleCase.of(
                                "combined: a new collation",
                                KEYLESS,
                                "-- sluice:allow same-name-cutover reason=\"readers are stopped\"\n"
                                        + "ALTER TABLE keyless ALTER word TYPE text COLLATE \"C\";")
                        .withOld("INSERT INTO keyless (n) VALUES (:n)")
                        .withRows(12_000));
    }

    static List<RefusedCase> refused() {
        return List.of(
                refused(
                        "rename a table and drop it",
                        "ALTER TABLE people RENAME TO persons;\nDROP TABLE IF EXISTS persons;",
                        "drop-renamed",
                        "Leave out the rename"),
                refused(
                        "rename an index and drop its table",
                        "ALTER INDEX people_age RENAME TO ages;\nDROP TABLE people;",
                        "drop-renamed",
                        "Leave out the rename"),
                refused(
                        "rename an index and drop it",
                        "ALTER INDEX people_age RENAME TO ages;\nDROP INDEX IF EXISTS ages;",
                        "drop-renamed",
                        "old name"),
                refused(
                        "rename a constraint and drop it",
                        "ALTER TABLE people RENAME CONSTRAINT people_pkey TO id;\n"
                                + "ALTER TABLE people DROP CONSTRAINT IF EXISTS id CASCADE;",
                        "drop-renamed",
                        "old name"),
                refused(
                        "rename a key and drop its column",
                        "ALTER TABLE people RENAME CONSTRAINT people_pkey TO key;\n"
                                + "ALTER TABLE people DROP COLUMN id CASCADE;",
                        "drop-used-column",
                        "Leave out what line"),
                refused(
                        "make an index and drop its column",
                        "CREATE INDEX by_name ON people (lower(name));\nALTER TABLE people DROP COLUMN name;",
                        "drop-used-column",
                        "Leave out what line"),
                refused(
                        "make a view and drop its column",
                        "CREATE VIEW all_people AS SELECT * FROM people;\nALTER TABLE people DROP COLUMN name CASCADE;",
                        "drop-used-column",
                        "Leave out what line"),
                refused(
                        "a new column with a key of its own gets another name",
                        "ALTER TABLE people ADD COLUMN code text UNIQUE;\nALTER TABLE people RENAME code TO sign;",
                        "new-column-again",
                        "last name"),
                refused(
                        "a new column with a check goes again",
                        "ALTER TABLE people ADD COLUMN code text CHECK (code <> '');\nALTER TABLE people DROP COLUMN code;",
                        "new-column-again",
                        "not at all"),
                refused(
                        "an index on a new column that gets another name",
                        "ALTER TABLE people ADD COLUMN code text; CREATE INDEX ON people (code);\n"
                                + "ALTER TABLE people RENAME code TO sign;",
                        "new-column-again",
                        "last name"),
                refused(
                        "view strategy for a column with a default",
                        "-- sluice:strategy view\nALTER TABLE people RENAME age TO years;",
                        "rename-by-view",
                        "Leave the strategy"),
                refused(
                        "insert without what was dropped",
                        "ALTER TABLE people DROP COLUMN name;\nINSERT INTO people (age) VALUES (1);",
                        "insert-without-dropped-column",
                        "before the DROP COLUMN"),
                refused(
                        "change a type twice",
                        "ALTER TABLE people ALTER age TYPE bigint;\nALTER TABLE people ALTER age TYPE numeric;",
                        "change-type-twice",
                        "its last type"),
                refused(
                        "a type for a table that is there before it",
                        "CREATE TABLE notes (id int); CREATE INDEX ON people (name);\n"
                                + "CREATE TYPE size AS ENUM ('s'); ALTER TABLE notes ADD COLUMN size size;",
                        "type-after-its-table",
                        "type first"));
    }
}
