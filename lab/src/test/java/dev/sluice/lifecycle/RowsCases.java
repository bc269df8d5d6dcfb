package dev.sluice.lifecycle;

import java.util.List;

/** Statements that change rows in other ways than one by one. */
final class RowsCases {

    /** Each row refers to another one, or to none. */
    private static final String STAFF = """
            CREATE TABLE staff (id int PRIMARY KEY, boss int, pay numeric NOT NULL, double numeric GENERATED ALWAYS AS (pay * 2) STORED);
            INSERT INTO staff SELECT i, nullif(i / 2, 0), i FROM generate_series(1, :rows) i;
            ALTER TABLE staff ADD FOREIGN KEY (boss) REFERENCES staff ON DELETE SET NULL;
            CREATE TABLE raises (id int PRIMARY KEY, pay numeric);
            INSERT INTO raises SELECT i, 1 FROM generate_series(1, :rows + 3, 2) i;
            """;

    /** Two trees: each row refers to the one above it by two columns, and comes before it. */
    private static final String TREE = """
            CREATE TABLE tree (part int, id int, above int, rank numeric(9, 1) GENERATED ALWAYS AS (1.5) STORED, name text,
              PRIMARY KEY (part, id), FOREIGN KEY (part, above) REFERENCES tree (part, id) ON DELETE CASCADE);
            INSERT INTO tree (part, id, above, name) SELECT i % 2, i, CASE WHEN i > 2 THEN i / 2 - i / 2 % 2 + i % 2 END, 'n' || i
              FROM generate_series(1, :rows) i ORDER BY i DESC;
            """;

    private static final String BOXES = """
            CREATE TABLE boxes (id int PRIMARY KEY, name text);
            CREATE TABLE lids (id int PRIMARY KEY, box int REFERENCES boxes ON DELETE CASCADE);
            ALTER TABLE boxes ADD lid int REFERENCES lids ON DELETE CASCADE;
            INSERT INTO boxes SELECT generate_series(1, :rows);
            INSERT INTO lids SELECT id, id FROM boxes;
            UPDATE boxes SET lid = id;
            """;

    private static final String OLD = "UPDATE staff SET pay = pay + 1 WHERE id = :id";

    private RowsCases() {}

    private static LifecycleCase staff(String name, String up) {
        return LifecycleCase.of("rows: " + name, STAFF, up).withOld(OLD).withFewRowsOnly();
    }

    static List<LifecycleCase> all() {
        return List.of(
                staff("delete rows whose references decide what else goes", "DELETE FROM staff WHERE boss IS NULL;"),
                staff(
                        "update from another row",
                        "UPDATE staff SET pay = (SELECT sum(pay) FROM raises WHERE id <= staff.id) WHERE id <= 3;"),
                staff(
                        "update rows beside a new column",
                        "UPDATE staff SET pay = pay + (SELECT min(pay) FROM raises);"
                                + " ALTER TABLE staff ADD COLUMN name text; UPDATE staff SET name = 'n' || id;"),
                staff(
                        "insert or overwrite",
                        "INSERT INTO staff (id, pay) SELECT id, pay FROM raises"
                                + " ON CONFLICT (id) DO UPDATE SET pay = staff.pay + excluded.pay, boss = NULL;"),
                staff(
                        "insert with a query of its own",
                        "WITH more AS (SELECT id + 100000 AS id FROM raises) INSERT INTO staff (id, pay) SELECT id, 1 FROM more;"),
                staff("merge", """
                        MERGE INTO staff AS s USING raises AS r ON s.id = r.id
                          WHEN MATCHED AND s.id = 1 THEN DO NOTHING
                          WHEN MATCHED AND s.id % 3 = 0 THEN DELETE
                          WHEN MATCHED THEN UPDATE SET pay = s.pay + r.pay
                          WHEN NOT MATCHED THEN INSERT (id, pay) VALUES (r.id, r.pay);
                        """).since(15),
                LifecycleCase.of(
                                "rows: a new column made of another new one, which rounds",
                                STAFF,
                                "ALTER TABLE staff ADD COLUMN half int; UPDATE staff SET half = pay / 2;"
                                        + " ALTER TABLE staff ADD COLUMN quarter numeric; UPDATE staff SET quarter = half / 2.0;")
                        .withOld(OLD),
                LifecycleCase.of(
                                "rows: a new table with statistics is kept with its rows",
                                STAFF,
                                "CREATE TABLE scores (id int PRIMARY KEY, body text);"
                                        + " CREATE STATISTICS scores_both ON id, body FROM scores;"
                                        + " ALTER TABLE staff ADD COLUMN label text UNIQUE;")
                        .withOld(OLD)
                        .withNew("INSERT INTO scores VALUES (:n, 'x')"),
                LifecycleCase.of(
                                "rows: a column of a new table that waits for contract",
                                STAFF,
                                "ALTER TABLE staff ALTER id TYPE bigint;"
                                        + " CREATE TABLE marks (mark int PRIMARY KEY, staff bigint REFERENCES staff);"
                                        + " ALTER TABLE marks ADD COLUMN half numeric;"
                                        + " UPDATE marks SET half = mark / 2.0;")
                        .withOld(OLD),
                LifecycleCase.of(
                                "rows: foreign keys to a key of the same script",
                                "CREATE TABLE pairs (a int, b int);"
                                        + " INSERT INTO pairs SELECT i, i FROM generate_series(1, :rows) i;",
                                "ALTER TABLE pairs ADD PRIMARY KEY (a); ALTER TABLE pairs ADD FOREIGN KEY (a) REFERENCES pairs;"
                                        + " ALTER TABLE pairs ADD FOREIGN KEY (b) REFERENCES pairs (a);")
                        .withOld("INSERT INTO pairs VALUES (:n, :n)"),
                LifecycleCase.of(
                                "rows: both ends of a key within a table, one of them with USING",
                                "CREATE TABLE posts (id smallint PRIMARY KEY, parent smallint);"
                                        + " INSERT INTO posts SELECT i, nullif(i / 2, 0) FROM generate_series(1, :rows) i;"
                                        + " ALTER TABLE posts ADD FOREIGN KEY (parent) REFERENCES posts;",
                                "-- sluice:allow same-name-cutover reason=\"the readers are stopped\"\n"
                                        + "ALTER TABLE posts ALTER id TYPE numeric USING id::numeric;\n"
                                        + "-- sluice:allow same-name-cutover reason=\"the readers are stopped\"\n"
                                        + "ALTER TABLE posts ALTER parent TYPE numeric;")
                        .withFewRowsOnly()
                        .withOld("UPDATE posts SET parent = 1 WHERE id = :id"),
                LifecycleCase.of(
                                "rows: a key of a table that was renamed before",
                                "CREATE TABLE words (word text, size int);"
                                        + " INSERT INTO words SELECT i, i FROM generate_series(1, :rows) i;",
                                "ALTER TABLE words RENAME TO terms; ALTER TABLE terms ADD PRIMARY KEY (word);")
                        .withOld("INSERT INTO words VALUES (:n, :n)"),
                LifecycleCase.of(
                                "rows: a wider type in a large partitioned table, and values that only it holds",
                                "CREATE TABLE visits (id int, page varchar(9) DEFAULT 'none', cost numeric(9, 2))"
                                        + " PARTITION BY HASH (id);"
                                        + " CREATE TABLE visits_0 PARTITION OF visits FOR VALUES WITH (MODULUS 2, REMAINDER 0);"
                                        + " CREATE TABLE visits_1 PARTITION OF visits FOR VALUES WITH (MODULUS 2, REMAINDER 1);"
                                        + " INSERT INTO visits SELECT i, 'p' || i, i FROM generate_series(1, :rows) i;",
                                "ALTER TABLE visits ALTER page TYPE varchar(90); ALTER TABLE visits ALTER cost TYPE numeric;")
                        .withRows(12_000)
                        .withOld("INSERT INTO visits VALUES (:n, 'x', 1.5)")
                        .withNew("UPDATE visits SET page = 'a word of more letters', cost = 0.125 WHERE id = :id"),
                LifecycleCase.of(
                                "rows: a new column that refers to a key whose type changes",
                                "CREATE TABLE posts (id int PRIMARY KEY, body text);"
                                        + " INSERT INTO posts SELECT i, 'b' FROM generate_series(1, :rows) i;",
                                "-- sluice:allow same-name-cutover reason=\"the readers are stopped\"\n"
                                        + "ALTER TABLE posts ALTER id TYPE numeric;"
                                        + " ALTER TABLE posts ADD COLUMN parent numeric REFERENCES posts;")
                        .withRows(12_000)
                        .withOld("UPDATE posts SET body = 'old' WHERE id = :id"),
                LifecycleCase.of(
                                "rows: both columns of a key go, and what else they share",
                                "CREATE TABLE places (hall text, seat int, PRIMARY KEY (hall, seat));"
                                        + " CREATE TABLE seats (hall text, seat int, taken boolean, id int, PRIMARY KEY (hall, seat),"
                                        + " CHECK (hall <> seat::text), UNIQUE (seat, hall),"
                                        + " FOREIGN KEY (hall, seat) REFERENCES places);"
                                        + " CREATE INDEX ON seats (seat, lower(hall)); CREATE STATISTICS seats_stats ON hall, seat FROM seats;"
                                        + " INSERT INTO places SELECT 'h', i FROM generate_series(1, :rows) i;"
                                        + " INSERT INTO seats SELECT hall, seat, true, seat FROM places;",
                                "ALTER TABLE seats DROP COLUMN hall; ALTER TABLE seats DROP COLUMN seat;")
                        .withOld("UPDATE seats SET taken = false WHERE id = :id"),
                LifecycleCase.of(
                                "rows: a column of another type, and one that goes with what both have",
                                "CREATE TABLE people (id int PRIMARY KEY, code text, name text, CONSTRAINT both_set CHECK (id > 0 OR code > ''));"
                                        + " COMMENT ON CONSTRAINT both_set ON people IS 'of both';"
                                        + " CREATE STATISTICS people_stats ON id, code FROM people;"
                                        + " CREATE STATISTICS people_more ON id, lower(code), name FROM people;"
                                        + " CREATE STATISTICS people_kept ON id, name FROM people;"
                                        + " CREATE INDEX ON people (id DESC) WHERE code IS NOT NULL; CREATE INDEX ON people (lower(code), id);"
                                        + " CREATE INDEX ON people (name, id) WHERE name > '';"
                                        + " INSERT INTO people SELECT i, 'c' || i, 'n' FROM generate_series(1, :rows) i;",
                                "ALTER TABLE people DROP COLUMN code; ALTER TABLE people ALTER id TYPE bigint;")
                        .withRows(12_000)
                        .withOld("UPDATE people SET name = 'old' WHERE id = :id"),
                LifecycleCase.of(
                                "rows: delete from two tables that refer to one another, when one key is gone",
                                BOXES,
                                "ALTER TABLE lids DROP CONSTRAINT lids_box_fkey; DELETE FROM boxes WHERE id > 3;")
                        .withRows(12_000)
                        .withOld("UPDATE boxes SET name = 'old' WHERE id = 1"),
                LifecycleCase.of(
                                "rows: delete rows of a tree, and what is below them",
                                TREE,
                                "DELETE FROM tree WHERE id % 97 = 40 OR rank > 9;")
                        .withRows(12_000)
                        .withOld("UPDATE tree SET name = 'old' WHERE id = 1"),
                LifecycleCase.of(
                                "rows: delete rows of a small tree, and what is below them",
                                TREE,
                                "DELETE FROM tree WHERE id % 97 = 40 OR rank > 9;")
                        .withOld("UPDATE tree SET name = 'old' WHERE id = 1"),
                LifecycleCase.of(
                                "rows: delete rows of a small table, and forget them in others of it",
                                STAFF.replace(":rows", "least(:rows, 300)"),
                                "DELETE FROM staff WHERE id % 3 = 0;")
                        .withOld(OLD));
    }

    private static RefusedCase refused(String name, String up, String hazard, String advice) {
        return new RefusedCase(
                "rows: " + name,
                STAFF + "ANALYZE; UPDATE pg_class SET reltuples = 50000 WHERE relname = 'staff';",
                up,
                hazard,
                2,
                advice);
    }

    static List<RefusedCase> refused() {
        return List.of(
                new RefusedCase(
                        "rows: written through a view",
                        STAFF.replace(":rows", "300") + "CREATE VIEW paid AS SELECT id, pay FROM staff;",
                        "UPDATE paid SET pay = 1 WHERE id = 1;",
                        "write-through-view",
                        1,
                        "for the table"),
                new RefusedCase(
                        "rows: deleted where a rule rewrites what puts them back",
                        STAFF.replace(":rows", "300")
                                + "CREATE RULE seen AS ON INSERT TO staff DO ALSO INSERT INTO raises VALUES (-1, 0);",
                        "DELETE FROM staff WHERE id > 200;",
                        "delete-with-rule",
                        1,
                        "make it again"),
                new RefusedCase(
                        "rows: deleted in the WITH of an INSERT",
                        STAFF.replace(":rows", "300"),
                        "WITH gone AS (DELETE FROM staff WHERE id > 250 RETURNING id, pay)\n"
                                + " INSERT INTO raises SELECT id + 1000, pay FROM gone;",
                        "data-in-with",
                        1,
                        "then DELETE"),
                new RefusedCase(
                        "rows: deleted in the WITH of an INSERT into a new table",
                        STAFF.replace(":rows", "300"),
                        "CREATE TABLE left_us (id int, pay numeric);\n"
                                + "WITH gone AS (DELETE FROM staff WHERE id > 250 RETURNING id, pay)\n"
                                + " INSERT INTO left_us SELECT id, pay FROM gone;",
                        "data-in-with",
                        2,
                        "then DELETE"),
                refused(
                        "delete from a large table whose references decide what else goes",
                        "CREATE INDEX ON raises (pay);\nDELETE FROM staff WHERE boss IS NULL;",
                        "backfill-in-ddl-transaction",
                        "Mark the rows"),
                refused(
                        "change the keys of a large table",
                        "CREATE INDEX ON raises (pay);\nUPDATE staff SET id = id + 1;",
                        "backfill-in-ddl-transaction",
                        "Add a column"),
                refused(
                        "delete by a renamed column when another one has gone",
                        "ALTER TABLE staff RENAME pay TO wage; ALTER TABLE staff DROP COLUMN boss;\n"
                                + "DELETE FROM staff WHERE wage > 9;",
                        "rows-after-dropped-column",
                        "before those that rename"),
                refused(
                        "choose rows by a new column that goes",
                        "ALTER TABLE staff ADD COLUMN low boolean; UPDATE staff SET low = pay < 9;"
                                + " UPDATE staff SET pay = 9 WHERE low;\nALTER TABLE staff DROP COLUMN low;",
                        "new-column-again",
                        "not at all"),
                new RefusedCase(
                        "rows: delete from a large table whose rows go with others by way of a second one",
                        BOXES + "ANALYZE; UPDATE pg_class SET reltuples = 50000 WHERE relname = 'boxes';",
                        "DELETE FROM boxes WHERE id > 3;",
                        "backfill-in-ddl-transaction",
                        1,
                        "Drop such a foreign key"));
    }
}
