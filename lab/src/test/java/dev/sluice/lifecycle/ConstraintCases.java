package dev.sluice.lifecycle;

import java.util.List;

/**
 * Constraints that build their index only while nobody writes (EXCLUDE, WITHOUT OVERLAPS), that are not enforced, or whose state
 * the script changes; and what else of PostgreSQL 18 is about columns. Each was lost, made as another one, or failed half-way.
 */
final class ConstraintCases {

    private static final String STAYS = """
            CREATE TABLE stays (id int PRIMARY KEY, room int, during int4range, note text,
              CONSTRAINT apart EXCLUDE USING gist (during WITH &&));
            INSERT INTO stays SELECT i, i % 7, int4range(i * 10, i * 10 + 5), 'n' || i FROM generate_series(1, :rows) i;
            """;

    private static final String PLAIN_STAYS = """
            CREATE TABLE stays (id int PRIMARY KEY, room int4range NOT NULL, during int4range NOT NULL, note text);
            INSERT INTO stays SELECT i, int4range(i % 7, i % 7 + 1), int4range(i * 10, i * 10 + 5), 'n' || i
              FROM generate_series(1, :rows) i;
            """;

    private static final String WITHOUT_OVERLAPS =
            PLAIN_STAYS + "ALTER TABLE stays ADD CONSTRAINT apart UNIQUE (room, during WITHOUT OVERLAPS);\n";

    private static final String CLUBS = """
            CREATE TABLE clubs (id int PRIMARY KEY, name text, size int);
            CREATE TABLE members (id int PRIMARY KEY, club int, name text, points int CONSTRAINT enough CHECK (points > -9));
            INSERT INTO clubs SELECT i, 'c' || i, i FROM generate_series(1, :rows) i;
            INSERT INTO members SELECT i, i, 'm' || i, i FROM generate_series(1, :rows) i;
            """;

    private static final String OLD_MEMBER = "INSERT INTO members (id, club, name, points) VALUES (:n, 1, 'old', 1)";

    /** Whatever can be said of an index and of a constraint beside their definitions. */
    private static final String SAID = """
            CREATE TABLE wards (x int, y int, PRIMARY KEY (x, y));
            CREATE TABLE beds (id int PRIMARY KEY, x int, y int NOT NULL, note text, z int NOT NULL DEFAULT random() * 2000000000,
              CONSTRAINT of_ward FOREIGN KEY (x, y) REFERENCES wards ON DELETE SET NULL (x),
              CONSTRAINT beds_y UNIQUE (y), CONSTRAINT far CHECK (y > -9));
            CREATE INDEX beds_x ON beds (x);
            CREATE INDEX beds_next ON beds ((y + 1));
            ALTER INDEX beds_next ALTER COLUMN 1 SET STATISTICS 500;
            CREATE UNIQUE INDEX beds_yx ON beds (y, id);
            CREATE UNIQUE INDEX beds_z ON beds (z);
            ALTER TABLE beds REPLICA IDENTITY USING INDEX beds_z;
            ALTER TABLE beds CLUSTER ON beds_x;
            COMMENT ON INDEX beds_x IS 'an index';
            COMMENT ON INDEX beds_y IS 'the index of a key';
            COMMENT ON CONSTRAINT beds_y ON beds IS 'a key';
            COMMENT ON CONSTRAINT of_ward ON beds IS 'a foreign key';
            COMMENT ON CONSTRAINT far ON beds IS 'a check';
            INSERT INTO wards SELECT i, i FROM generate_series(1, :rows) i;
            INSERT INTO beds SELECT i, i, i, 'n', i FROM generate_series(1, :rows) i;
            """;

    private static final String COMPUTED = """
            CREATE TABLE sums (id int PRIMARY KEY, a int NOT NULL, note text, twice int GENERATED ALWAYS AS (a * 2) VIRTUAL);
            INSERT INTO sums SELECT i, i, 'n' || i FROM generate_series(1, :rows) i;
            """;

    private ConstraintCases() {}

    static List<LifecycleCase> all() {
        return List.of(
                LifecycleCase.of(
                                "constraints: columns beside and of an EXCLUDE",
                                STAYS,
                                "ALTER TABLE stays RENAME COLUMN during TO span; ALTER TABLE stays DROP COLUMN note;")
                        .withOld("INSERT INTO stays (id, during) VALUES (:n, int4range(-:n, -:n, '[]'))"),
                LifecycleCase.of(
                        "constraints: a column with its EXCLUDE", STAYS, "ALTER TABLE stays DROP COLUMN during;"),
                LifecycleCase.of(
                        "constraints: a column with the EXCLUDEs over its expression and by its condition",
                        STAYS
                                + "ALTER TABLE stays ADD CONSTRAINT ends EXCLUDE USING gist (int4range(id, id, '[]') WITH &&,"
                                + " int4range(room, room, '[]') WITH &&);"
                                + " ALTER TABLE stays ADD CONSTRAINT few EXCLUDE (id WITH =) WHERE (room < 3);",
                        "ALTER TABLE stays DROP COLUMN room CASCADE;"),
                LifecycleCase.of("constraints: drop an EXCLUDE", STAYS, "ALTER TABLE stays DROP CONSTRAINT apart;"),
                LifecycleCase.of(
                                "constraints: add an EXCLUDE to few rows",
                                STAYS,
                                "ALTER TABLE stays ADD CONSTRAINT once EXCLUDE (id WITH =);")
                        .withFewRowsOnly(),
                LifecycleCase.of(
                                "constraints: drop a key WITHOUT OVERLAPS",
                                WITHOUT_OVERLAPS,
                                "ALTER TABLE stays DROP CONSTRAINT apart;")
                        .since(18),
                LifecycleCase.of(
                                "constraints: a column with its key WITHOUT OVERLAPS",
                                WITHOUT_OVERLAPS,
                                "ALTER TABLE stays DROP COLUMN room;")
                        .since(18),
                LifecycleCase.of(
                                "constraints: a primary key WITHOUT OVERLAPS of few rows, and a foreign key over PERIOD",
                                PLAIN_STAYS
                                                .replace("id int PRIMARY KEY", "id int UNIQUE")
                                                .replace(" NOT NULL", "")
                                        + "CREATE TABLE bills (id int PRIMARY KEY, room int4range, during int4range);"
                                        + " INSERT INTO bills SELECT id, room, during FROM stays;",
                                "ALTER TABLE stays ADD PRIMARY KEY (room, during WITHOUT OVERLAPS);\n"
                                        + "ALTER TABLE bills ADD FOREIGN KEY (room, PERIOD during) REFERENCES stays (room, PERIOD during);")
                        .since(18)
                        .withFewRowsOnly(),
                LifecycleCase.of("constraints: NOT ENFORCED", CLUBS, """
                                ALTER TABLE members ADD CONSTRAINT pos CHECK (points > 100000) NOT ENFORCED;
                                ALTER TABLE members ADD CONSTRAINT of_club FOREIGN KEY (club) REFERENCES clubs NOT ENFORCED;
                                """)
                        .withOld(OLD_MEMBER)
                        .since(18),
                LifecycleCase.of(
                                "constraints: the type of a foreign key that is NOT ENFORCED",
                                CLUBS
                                        + "ALTER TABLE members ADD CONSTRAINT of_club FOREIGN KEY (club) REFERENCES clubs NOT ENFORCED;\n",
                                "ALTER TABLE clubs ALTER id TYPE bigint; ALTER TABLE members ALTER club TYPE bigint;")
                        .withOld(OLD_MEMBER)
                        .withRows(12_000)
                        .since(18),
                LifecycleCase.of(
                                "constraints: rows that only a key which is NOT ENFORCED would delete, too",
                                "CREATE TABLE parts (id int PRIMARY KEY, whole int, name text);"
                                        + " INSERT INTO parts SELECT i, nullif(i / 2, 0), 'p' FROM generate_series(1, :rows) i;"
                                        + " ALTER TABLE parts ADD CONSTRAINT of_whole FOREIGN KEY (whole) REFERENCES parts"
                                        + " ON DELETE CASCADE NOT ENFORCED;",
                                "DELETE FROM parts WHERE id % 5 = 0;")
                        .since(18),
                LifecycleCase.of("constraints: NOT NULL by name", CLUBS, """
                                ALTER TABLE members ADD CONSTRAINT named NOT NULL name;
                                ALTER TABLE clubs ADD CONSTRAINT called NOT NULL name NOT VALID;
                                ALTER TABLE clubs VALIDATE CONSTRAINT called;
                                ALTER TABLE clubs ADD NOT NULL size NOT VALID;
                                """)
                        .withOld(OLD_MEMBER)
                        .since(18),
                LifecycleCase.of(
                                "constraints: another moment of the check, and another type",
                                CLUBS + "ALTER TABLE members ADD CONSTRAINT of_club FOREIGN KEY (club) REFERENCES clubs"
                                        + " DEFERRABLE INITIALLY DEFERRED;\n",
                                "ALTER TABLE members ALTER CONSTRAINT of_club NOT DEFERRABLE;"
                                        + " ALTER TABLE clubs ALTER id TYPE bigint; ALTER TABLE members ALTER club TYPE bigint;")
                        .withOld(OLD_MEMBER)
                        .withRows(12_000),
                LifecycleCase.of(
                                "constraints: validated, and another type",
                                CLUBS
                                        + "ALTER TABLE members ADD CONSTRAINT of_club FOREIGN KEY (club) REFERENCES clubs NOT VALID;\n",
                                "ALTER TABLE clubs ALTER id TYPE bigint; ALTER TABLE members ALTER club TYPE bigint;"
                                        + " ALTER TABLE members VALIDATE CONSTRAINT of_club;")
                        .withOld(OLD_MEMBER)
                        .withRows(12_000),
                LifecycleCase.of(
                                "constraints: what is said of the indexes and constraints of columns that go",
                                SAID,
                                "ALTER TABLE beds DROP COLUMN x; ALTER TABLE beds DROP COLUMN y; ALTER TABLE beds DROP COLUMN z;")
                        .since(15),
                LifecycleCase.of(
                                "constraints: what is said of the indexes and constraints of columns that change their type",
                                SAID,
                                "ALTER TABLE beds ALTER x TYPE bigint; ALTER TABLE beds ALTER y TYPE bigint; ALTER TABLE beds ALTER z TYPE bigint;")
                        .withRows(12_000)
                        .since(15),
                LifecycleCase.of(
                                "constraints: what is said of indexes and constraints that go",
                                SAID,
                                "DROP INDEX beds_x, beds_yx, beds_z, beds_next; ALTER TABLE beds DROP CONSTRAINT beds_y, DROP CONSTRAINT of_ward;")
                        .since(15),
                LifecycleCase.of(
                                "constraints: what the planner is told of a column, and another type",
                                CLUBS,
                                "ALTER TABLE members ALTER points SET (n_distinct = 50); ALTER TABLE members ALTER name SET (n_distinct = 9);"
                                        + " ALTER TABLE members ALTER points TYPE bigint;")
                        .withOld(OLD_MEMBER)
                        .withRows(12_000),
                LifecycleCase.of(
                                "constraints: a virtual column over another name",
                                COMPUTED,
                                "ALTER TABLE sums RENAME COLUMN a TO amount;"
                                        + " ALTER TABLE sums ADD COLUMN half int GENERATED ALWAYS AS (amount / 2);")
                        .withOld("INSERT INTO sums (id, a) VALUES (:n, 1)")
                        .since(18),
                LifecycleCase.of(
                                "constraints: a generated column over a new one, and over one with another name",
                                CLUBS,
                                "ALTER TABLE clubs RENAME COLUMN size TO seats; ALTER TABLE clubs ADD COLUMN more int DEFAULT 2;"
                                        + " ALTER TABLE clubs ADD COLUMN all_seats int GENERATED ALWAYS AS (seats + more) STORED;")
                        .withOld("INSERT INTO clubs (id, name) VALUES (:n, 'old')")
                        .withNew("INSERT INTO clubs (id, seats, more) VALUES (:n, 4, 5)")
                        .withFewRowsOnly(),
                LifecycleCase.of(
                                "constraints: a generated column with an index and constraints, and another table name",
                                CLUBS,
                                """
                                ALTER TABLE clubs ADD COLUMN low text NOT NULL GENERATED ALWAYS AS (coalesce(upper(name), '') || id) STORED UNIQUE
                                  CHECK (low <> 'none');
                                CREATE INDEX clubs_low ON clubs (low, size);
                                ALTER TABLE clubs RENAME TO circles;
                                """)
                        .withOld("INSERT INTO clubs (id, name) VALUES (:n, 'old')")
                        .withNew("INSERT INTO circles (id, name) VALUES (:n, 'new')", "SELECT low FROM circles")
                        .since(15)
                        .withFewRowsOnly(),
                LifecycleCase.of("constraints: drop a virtual column", COMPUTED, "ALTER TABLE sums DROP COLUMN twice;")
                        .withOld("INSERT INTO sums (id, a) VALUES (:n, 1)")
                        .since(18),
                LifecycleCase.of(
                                "constraints: rows by a virtual column",
                                COMPUTED,
                                "UPDATE sums SET note = 'much' WHERE twice > 20; DELETE FROM sums WHERE twice = 8;")
                        .since(18));
    }

    static List<RefusedCase> refused() {
        return List.of(
                new RefusedCase(
                        "constraints: an EXCLUDE of many rows",
                        many(STAYS),
                        "ALTER TABLE stays ADD CONSTRAINT rooms EXCLUDE (id WITH =);",
                        "add-exclusion-constraint",
                        1,
                        "Make a new table"),
                new RefusedCase(
                        "constraints: a column of another type within an EXCLUDE",
                        many(STAYS + "ALTER TABLE stays ADD CONSTRAINT numbers EXCLUDE (id WITH =, room WITH =);"),
                        "ALTER TABLE stays ALTER room TYPE bigint;",
                        "change-type-of-excluded",
                        1,
                        "Drop the constraint in a migration before"),
                new RefusedCase(
                        "constraints: a key WITHOUT OVERLAPS of many rows",
                        many(PLAIN_STAYS),
                        "ALTER TABLE stays ADD UNIQUE (room, during WITHOUT OVERLAPS);",
                        "add-exclusion-constraint",
                        1,
                        "Make a new table"),
                new RefusedCase(
                        "constraints: computed from a column of another type",
                        CLUBS,
                        "ALTER TABLE members ALTER name TYPE varchar(300);\n"
                                + "ALTER TABLE members ADD COLUMN low text GENERATED ALWAYS AS (lower(name)) STORED;",
                        "generated-from-changed-type",
                        2,
                        "in a later migration"),
                new RefusedCase(
                        "constraints: a column by which rows are replicated",
                        SAID + "ALTER TABLE beds REPLICA IDENTITY USING INDEX beds_yx;",
                        "ALTER TABLE beds DROP COLUMN y;",
                        "drop-replica-identity",
                        1,
                        "REPLICA IDENTITY DEFAULT"),
                new RefusedCase(
                        "constraints: a column in the condition of an EXCLUDE",
                        STAYS + "ALTER TABLE stays ADD CONSTRAINT few EXCLUDE (id WITH =) WHERE (room < 3);",
                        "ALTER TABLE stays DROP COLUMN room;",
                        "drop-column-dependent-object",
                        1,
                        "Drop the constraint earlier"),
                new RefusedCase(
                        "constraints: NOT NULL of what is computed",
                        CLUBS,
                        "ALTER TABLE clubs ADD COLUMN low text NOT NULL GENERATED ALWAYS AS (lower(name)) STORED;",
                        "generated-not-null",
                        1,
                        "in a later migration"),
                new RefusedCase(
                        "constraints: NOT NULL of what is NOT NULL",
                        CLUBS,
                        "ALTER TABLE clubs ADD CONSTRAINT again NOT NULL id;",
                        "duplicate-constraint",
                        1,
                        "Leave it out"));
    }

    private static String many(String schema) {
        return schema.replace(":rows", "12000") + "ANALYZE stays;";
    }
}
