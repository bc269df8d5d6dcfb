package dev.sluice.lifecycle;

import java.util.List;

/**
 * Minimal scripts of what random migrations found about order: statements that a plan runs in other phases, or takes back at
 * another moment, than those they stand beside.
 */
final class OrderCases {

    /** Two tables, one of which refers to the other. */
    static final String SHOP = """
            CREATE SCHEMA side;
            CREATE TABLE makers (id int PRIMARY KEY, name text, rank numeric NOT NULL);
            CREATE TABLE goods (id int PRIMARY KEY, maker int CONSTRAINT goods_maker REFERENCES makers (id), name text);
            CREATE TABLE notes (id int PRIMARY KEY, note text, maker int REFERENCES makers (id));
            CREATE INDEX notes_maker ON notes (maker);
            CREATE STATISTICS side.notes_stats ON id, note FROM notes;
            INSERT INTO makers SELECT i, 'm' || i, i FROM generate_series(1, :rows) i;
            INSERT INTO goods SELECT i, CASE WHEN i <= :rows THEN i END, 'g' || i FROM generate_series(1, :rows + 1) i;
            INSERT INTO notes SELECT i, 'n', 1 FROM generate_series(1, 3) i WHERE :rows > 0;
            """;

    static final String WATCHED = """
            CREATE TABLE shelves (id int PRIMARY KEY, name text);
            CREATE TABLE seen (id int, name text);
            CREATE FUNCTION watch() RETURNS trigger LANGUAGE plpgsql AS
              $$ BEGIN INSERT INTO seen VALUES (NEW.id, NEW.name); RETURN NULL; END $$;
            INSERT INTO shelves SELECT i FROM generate_series(1, :rows) i;
            """;

    static final String WATCH =
            "CREATE TRIGGER watch AFTER INSERT OR UPDATE ON shelves FOR EACH ROW EXECUTE FUNCTION watch();";

    private static final String OLD = "UPDATE makers SET name = 'old' WHERE id = :id";

    private OrderCases() {}

    private static LifecycleCase shop(String name, String up) {
        return LifecycleCase.of("order: " + name, SHOP, up).withOld(OLD);
    }

    static List<LifecycleCase> all() {
        return List.of(
                shop(
                        "drop a table that refers to a renamed column",
                        "DROP TABLE notes; ALTER TABLE makers RENAME id TO maker_id;"),
                shop(
                                "drop a table that refers to a column of another type, and delete what it referred to",
                                "DROP TABLE notes; ALTER TABLE makers ALTER id TYPE bigint;"
                                        + " DELETE FROM makers WHERE id = 2 AND NOT EXISTS (SELECT FROM goods WHERE maker = 2);")
                        .withFewRowsOnly(),
                shop(
                        "both ends of a foreign key change to a type that the old one does not go with",
                        "ALTER TABLE makers ALTER id TYPE numeric; ALTER TABLE goods ALTER maker TYPE numeric;"),
                shop(
                        "a column of another type that refers to a renamed one",
                        "ALTER TABLE makers RENAME id TO maker_id; ALTER TABLE goods ALTER maker TYPE bigint;"),
                shop(
                        "comment on an index that gets another name, of a column that gets another type",
                        "COMMENT ON INDEX notes_maker IS 'by maker'; ALTER INDEX notes_maker RENAME TO by_maker;"
                                + " ALTER TABLE notes ALTER maker TYPE bigint;"),
                shop(
                        "make a sequence and a view and rename them",
                        "CREATE SEQUENCE counts; CREATE VIEW all_makers AS SELECT id FROM makers;"
                                + " ALTER TABLE makers ALTER name SET STATISTICS 300; ALTER SEQUENCE counts RENAME TO counted;"
                                + " ALTER VIEW all_makers RENAME TO every_maker;"),
                shop(
                        "drop a table with statistics in another schema",
                        "DROP TABLE notes; ALTER TABLE makers ALTER name SET STATISTICS 300;"),
                shop(
                        "insert after an update that waits for contract",
                        "UPDATE makers SET rank = rank + 1; ALTER TABLE makers ADD CHECK (rank > 0);"
                                + " INSERT INTO notes (id) VALUES (90); INSERT INTO makers VALUES (-7, 'new', 5);"),
                shop(
                        "delete what only a dropped foreign key kept",
                        "ALTER TABLE goods DROP CONSTRAINT goods_maker; DROP TABLE notes; DELETE FROM makers WHERE id > 1;"),
                shop(
                        "a function for a trigger of a table that is made before it",
                        "CREATE TABLE marks (id bigserial PRIMARY KEY, maker int REFERENCES makers);"
                                + " CREATE FUNCTION stay() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';"
                                + " CREATE TRIGGER stay BEFORE UPDATE ON marks FOR EACH ROW EXECUTE FUNCTION stay();"),
                shop(
                        "rename a table that refers to a column of another type",
                        "ALTER TABLE notes RENAME TO remarks; ALTER TABLE makers ALTER id TYPE bigint;"),
                shop(
                        "drop a default and set another one",
                        "ALTER TABLE makers ALTER name SET DEFAULT 'a'; ALTER TABLE makers ALTER name DROP DEFAULT;"
                                + " ALTER TABLE makers ALTER name SET DEFAULT 'b';"),
                shop(
                        "not null, and a check, after rows that wait for a dropped key",
                        "ALTER TABLE goods DROP CONSTRAINT goods_maker; UPDATE goods SET maker = -1 WHERE maker IS NULL;"
                                + " ALTER TABLE goods ALTER maker SET NOT NULL; ALTER TABLE goods ADD CHECK (maker <> 0);"
                                + " UPDATE goods SET name = 'g' || id; CREATE UNIQUE INDEX ON goods (name);"),
                LifecycleCase.of(
                                "order: another type of one column of a key, and the other one goes",
                                SHOP
                                        + "ALTER TABLE goods ADD UNIQUE (maker, name), ADD CHECK (maker > 0 OR name <> '');"
                                        + " CREATE INDEX ON goods (maker) INCLUDE (name);",
                                "ALTER TABLE goods ALTER maker TYPE bigint; ALTER TABLE goods DROP COLUMN name;")
                        .withOld(OLD)
                        .withRows(12_000),
                shop(
                        "an index of a new table that goes again",
                        "CREATE INDEX ON makers (name); CREATE TABLE marks (id bigserial PRIMARY KEY, body text);"
                                + " CREATE INDEX ON marks (body); CREATE INDEX marked ON marks (body);"
                                + " DROP INDEX IF EXISTS marks_body_idx; DROP INDEX marked;"),
                LifecycleCase.of(
                                "order: a view over a renamed column, replaced",
                                SHOP + "CREATE VIEW ranks AS SELECT rank FROM makers;",
                                "ALTER TABLE makers RENAME rank TO place; CREATE OR REPLACE VIEW ranks AS"
                                        + " SELECT x.rank, 1 AS one FROM (SELECT place AS rank FROM makers) x;")
                        .withOld(OLD),
                shop(
                        "a new table that refers to a column of another type",
                        "ALTER TABLE makers ALTER id TYPE bigint;"
                                + " CREATE TABLE marks (mark bigserial PRIMARY KEY, maker bigint REFERENCES makers);"),
                shop(
                        "new tables that refer to keys of the same script",
                        "ALTER TABLE goods DROP CONSTRAINT goods_pkey; ALTER TABLE goods ADD PRIMARY KEY (id, name);"
                                + " ALTER TABLE makers ADD UNIQUE (rank);"
                                + " CREATE TABLE marks (mark int, name text, rank numeric REFERENCES makers (rank),"
                                + " FOREIGN KEY (mark, name) REFERENCES goods);"),
                shop(
                        "a new column that refers to a new table that waits",
                        "ALTER TABLE makers ALTER id TYPE bigint;"
                                + " CREATE TABLE marks (mark bigserial PRIMARY KEY, maker bigint REFERENCES makers);"
                                + " ALTER TABLE goods ADD COLUMN mark bigint REFERENCES marks;"
                                + " ALTER TABLE notes ADD COLUMN mark bigint;"
                                + " ALTER TABLE notes ADD FOREIGN KEY (mark) REFERENCES marks (mark);"),
                LifecycleCase.of(
                                "order: comments, then a type that makes anew what they are on",
                                "CREATE TABLE parts (id int PRIMARY KEY, of int, name text,"
                                        + " CONSTRAINT part_of FOREIGN KEY (of) REFERENCES parts);"
                                        + " CREATE STATISTICS part_stats ON id, name FROM parts;"
                                        + " CREATE INDEX part_parity ON parts ((id % 2), name);"
                                        + " INSERT INTO parts SELECT i, nullif(i / 2, 0), 'p' FROM generate_series(1, :rows) i;",
                                "COMMENT ON CONSTRAINT part_of ON parts IS 'a key'; COMMENT ON STATISTICS part_stats IS 'both';"
                                        + " COMMENT ON INDEX part_parity IS 'even or odd'; ALTER TABLE parts ALTER id TYPE bigint;")
                        .withRows(12_000)
                        .withOld("UPDATE parts SET name = 'old' WHERE id = :id"),
                shop(
                        "comments on what was renamed",
                        "ALTER TABLE makers RENAME CONSTRAINT makers_pkey TO makers_key;"
                                + " ALTER TABLE goods RENAME CONSTRAINT goods_maker TO made_by;"
                                + " ALTER STATISTICS side.notes_stats RENAME TO stats;"
                                + " COMMENT ON INDEX makers_key IS 'an index';"
                                + " COMMENT ON CONSTRAINT makers_key ON makers IS 'a key';"
                                + " COMMENT ON CONSTRAINT made_by ON goods IS 'a key';"
                                + " COMMENT ON STATISTICS side.stats IS 'statistics';"),
                shop(
                        "delete what only dropped columns referred to",
                        "ALTER TABLE goods DROP COLUMN maker; ALTER TABLE notes DROP COLUMN maker;"
                                + " DELETE FROM makers WHERE id > 1;"),
                LifecycleCase.of(
                                "order: delete rows, after the columns by which others would go with them",
                                "CREATE TABLE shops (id int PRIMARY KEY, name text);"
                                        + " CREATE TABLE tills (id int PRIMARY KEY, shop int REFERENCES shops ON DELETE SET NULL);"
                                        + " CREATE TABLE staff (id int PRIMARY KEY, shop int REFERENCES shops ON DELETE CASCADE);"
                                        + " INSERT INTO shops SELECT i, 's' FROM generate_series(1, :rows) i;"
                                        + " INSERT INTO tills SELECT id, id FROM shops; INSERT INTO staff TABLE tills;",
                                "ALTER TABLE staff DROP COLUMN shop; ALTER TABLE tills DROP COLUMN shop;"
                                        + " DELETE FROM shops WHERE id > 7;")
                        .withOld("UPDATE shops SET name = 'old' WHERE id = 1"),
                shop(
                        "rows made of rows that change in contract",
                        "UPDATE makers SET name = 'none' WHERE id % 3 = 0; ALTER TABLE makers ALTER name SET NOT NULL;"
                                + " INSERT INTO notes (id, note) SELECT -id, name FROM makers WHERE id < 9;"
                                + " UPDATE notes SET note = (SELECT name FROM makers WHERE id = 3) WHERE id > 0;"
                                + " CREATE TABLE marks AS SELECT id, name FROM makers WHERE id < 9;"),
                LifecycleCase.of(
                                "order: a view of a renamed table, and a table made of it, that the script drops again",
                                SHOP,
                                "ALTER TABLE makers RENAME TO producers; CREATE VIEW names AS SELECT name FROM producers;"
                                        + " DROP VIEW IF EXISTS names; UPDATE notes SET note = 'none' WHERE note IS NULL;"
                                        + " ALTER TABLE notes ALTER note SET NOT NULL; CREATE TABLE copies AS TABLE notes;"
                                        + " DROP TABLE IF EXISTS copies;")
                        .withOld("UPDATE makers SET name = 'old' WHERE id = 1"),
                LifecycleCase.of(
                                "order: rights on columns of which one goes and one gets another name",
                                "CREATE TABLE lots (id int PRIMARY KEY, name text, size int);"
                                        + " GRANT SELECT (name), UPDATE (size), INSERT ON lots TO pg_monitor;"
                                        + " INSERT INTO lots SELECT i, 'n' || i, i FROM generate_series(1, :rows) i;",
                                "ALTER TABLE lots RENAME name TO title; ALTER TABLE lots DROP COLUMN size;"
                                        + " GRANT SELECT (title) ON lots TO PUBLIC; REVOKE ALL ON lots FROM pg_monitor;")
                        .withOld("UPDATE lots SET name = 'old' WHERE id = 1")
                        .withNew("UPDATE lots SET title = 'new' WHERE id = 1"),
                LifecycleCase.of(
                                "order: rows with a value behind the filling of a new column",
                                "CREATE TABLE lots (id int PRIMARY KEY, name text);"
                                        + " INSERT INTO lots SELECT i, 'n' || i FROM generate_series(1, :rows) i;",
                                "ALTER TABLE lots ADD COLUMN title text; UPDATE lots SET title = upper(name);"
                                        + " INSERT INTO lots (id, title) VALUES (-1, 'none'), (-2, lower('NOTHING'::text));"
                                        + " INSERT INTO lots (id, title) SELECT -3, 'n' || 3")
                        .withOld("UPDATE lots SET name = 'old' WHERE id = 1"),
                shop(
                                "rows read late, and changed by a statement behind that",
                                "UPDATE makers SET name = (SELECT min(note) FROM notes WHERE id < 9);"
                                        + " ALTER TABLE makers ALTER name SET NOT NULL;"
                                        + " INSERT INTO notes (id, note) VALUES (-1, '!'); UPDATE notes SET note = '!' WHERE id = 1;")
                        .withFewRowsOnly(),
                shop(
                        "rows of a new table made of rows that are filled before",
                        "CREATE TABLE marks (id int PRIMARY KEY, name text); INSERT INTO marks VALUES (0, 'first');"
                                + " UPDATE makers SET name = 'none' WHERE name IS NULL; ALTER TABLE makers ALTER name SET NOT NULL;"
                                + " INSERT INTO marks SELECT id, name FROM makers WHERE id < 9;"
                                + " UPDATE marks SET name = name || '!' WHERE id > 3; ALTER TABLE marks ADD UNIQUE (name, id);"
                                + " CREATE TABLE copies AS TABLE marks;"),
                shop(
                        "a table made of rows that are filled before, and then changed itself",
                        "UPDATE makers SET name = 'none' WHERE name IS NULL; ALTER TABLE makers ALTER name SET NOT NULL;"
                                + " CREATE TABLE marks AS SELECT id, name FROM makers WHERE id < 9;"
                                + " ALTER TABLE marks ADD COLUMN twice int; UPDATE marks SET twice = id * 2;"
                                + " CREATE INDEX ON marks (twice);"),
                LifecycleCase.of(
                                "order: an insert behind a default that goes, and between two foreign keys",
                                "CREATE TABLE lots (id int PRIMARY KEY, state text DEFAULT 'new', name text);"
                                        + " CREATE TABLE bids (id int PRIMARY KEY, lot int CONSTRAINT bids_lot REFERENCES lots);"
                                        + " INSERT INTO lots SELECT i FROM generate_series(1, :rows) i;"
                                        + " INSERT INTO bids SELECT id, id FROM lots;",
                                "ALTER TABLE lots ALTER state DROP DEFAULT; INSERT INTO lots (id) VALUES (-1);"
                                        + " ALTER TABLE bids DROP CONSTRAINT bids_lot; DELETE FROM lots WHERE id > 9;"
                                        + " ALTER TABLE bids ADD CONSTRAINT bids_lots FOREIGN KEY (lot) REFERENCES lots"
                                        + " ON DELETE SET NULL NOT VALID;")
                        .withOld("UPDATE lots SET name = 'old' WHERE id = 1"),
                LifecycleCase.of(
                                "order: rows, then a trigger that would see them",
                                WATCHED,
                                "UPDATE shelves SET name = 'n' WHERE id < 9; INSERT INTO shelves (id) VALUES (-1);"
                                        + " ALTER TABLE shelves ADD COLUMN twice int; UPDATE shelves SET twice = id * 2;"
                                        + " CREATE TRIGGER watch AFTER INSERT OR UPDATE ON shelves"
                                        + " FOR EACH ROW EXECUTE FUNCTION watch();")
                        .withOld("UPDATE shelves SET name = 'old' WHERE id = :id"),
                LifecycleCase.of(
                                "order: rows behind a unique index that goes, and another that comes",
                                WATCHED + "CREATE UNIQUE INDEX shelf_names ON shelves (name);"
                                        + " UPDATE shelves SET name = id; CREATE TABLE tags (id int PRIMARY KEY, tag int);"
                                        + " INSERT INTO tags SELECT i, i FROM generate_series(1, :rows) i;",
                                "DROP INDEX shelf_names; INSERT INTO shelves VALUES (-1, '1'), (-2, '1');"
                                        + " ALTER TABLE tags ADD CONSTRAINT tag_once UNIQUE (tag);"
                                        + " INSERT INTO tags VALUES (-1, 1), (-2, -2) ON CONFLICT (tag) DO NOTHING;")
                        .withOld("UPDATE shelves SET name = 'old' WHERE id = 3"),
                LifecycleCase.of(
                                "order: rows behind a partition that goes",
                                "CREATE TABLE hits (id int PRIMARY KEY, n int) PARTITION BY RANGE (id);"
                                        + " CREATE TABLE hits_low PARTITION OF hits FOR VALUES FROM (0) TO (100);"
                                        + " CREATE TABLE hits_high PARTITION OF hits FOR VALUES FROM (100) TO (1000000);"
                                        + " INSERT INTO hits SELECT i, i % 10 FROM generate_series(1, :rows) i;",
                                "ALTER TABLE hits DETACH PARTITION hits_low; DELETE FROM hits WHERE n = 7;")
                        .withOld("UPDATE hits SET n = 3 WHERE id = 150"),
                large(
                        "another type of a key, and a column that refers to it goes",
                        "ALTER TABLE makers ALTER id TYPE bigint; ALTER TABLE goods DROP COLUMN maker;"
                                + " ALTER TABLE notes DROP COLUMN maker;"),
                large(
                        "columns that refer to a key go, then the key gets another type",
                        "ALTER TABLE goods DROP COLUMN maker; ALTER TABLE notes DROP COLUMN maker;"
                                + " ALTER TABLE makers ALTER id TYPE numeric;"),
                LifecycleCase.of(
                                "order: a wider key as written, and what refers to it goes",
                                "CREATE TABLE codes (code varchar(9) PRIMARY KEY, name text);"
                                        + " CREATE TABLE uses (code varchar(9) REFERENCES codes, id int);"
                                        + " CREATE TABLE more (code varchar(9) REFERENCES codes, id int);"
                                        + " CREATE TABLE rest (code varchar(9) REFERENCES codes, id int);"
                                        + " INSERT INTO codes SELECT i, 'c' FROM generate_series(1, :rows) i;"
                                        + " INSERT INTO uses SELECT code, 1 FROM codes; INSERT INTO more TABLE uses;"
                                        + " INSERT INTO rest TABLE uses;",
                                "ALTER TABLE codes ALTER code TYPE varchar(90); DROP TABLE uses;"
                                        + " ALTER TABLE more DROP COLUMN code;"
                                        + " ALTER TABLE rest DROP CONSTRAINT rest_code_fkey;")
                        .withRows(12_000)
                        .withOld("UPDATE codes SET name = 'old' WHERE code = :id::text"),
                LifecycleCase.of(
                                "order: a wider column of a key as written, and the other one goes",
                                "CREATE TABLE days (id date, label varchar(9), name text, PRIMARY KEY (label, id));"
                                        + " CREATE STATISTICS day_stats ON id, label FROM days; CREATE INDEX ON days (id, label);"
                                        + " INSERT INTO days SELECT date '2020-01-01' + i, i FROM generate_series(1, :rows) i;",
                                "ALTER TABLE days ALTER label TYPE text; ALTER TABLE days DROP COLUMN id;")
                        .withRows(12_000)
                        .withOld("UPDATE days SET name = 'old' WHERE label = :id::text"));
    }

    private static LifecycleCase large(String name, String up) {
        return shop(name, up).withRows(12_000);
    }
}
