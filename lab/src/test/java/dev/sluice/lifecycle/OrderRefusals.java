package dev.sluice.lifecycle;

import java.util.List;

/** Orders of statements for which there is no plan, and the ones that the refusals offer instead. */
final class OrderRefusals {

    private OrderRefusals() {}

    private static RefusedCase refused(String name, String up, String hazard, String advice) {
        return new RefusedCase("order: " + name, OrderCases.SHOP, up, hazard, 2, advice);
    }

    static List<RefusedCase> all() {
        String dependent = "change-type-dependent-object";
        return List.of(
                new RefusedCase(
                        "order: a renamed label by its new name",
                        "CREATE TYPE mood AS ENUM ('sad', 'ok'); CREATE TABLE people (id int PRIMARY KEY, mood mood);"
                                + " INSERT INTO people VALUES (1, 'ok');",
                        "ALTER TYPE mood RENAME VALUE 'ok' TO 'fine';\nUPDATE people SET mood = 'fine';",
                        "renamed-label",
                        2,
                        "with the label ok"),
                new RefusedCase(
                        "order: a column with a renamed label becomes a text",
                        "CREATE TYPE mood AS ENUM ('sad', 'ok'); CREATE TABLE people (id int PRIMARY KEY, mood mood);"
                                + " INSERT INTO people VALUES (1, 'ok');",
                        "ALTER TYPE mood RENAME VALUE 'ok' TO 'fine';\nALTER TABLE people ALTER mood TYPE text;",
                        "renamed-label",
                        2,
                        "before the rename"),
                new RefusedCase(
                        "order: the name of a renamed label",
                        "CREATE TYPE mood AS ENUM ('sad', 'ok'); CREATE TABLE people (id int PRIMARY KEY, mood mood);"
                                + " INSERT INTO people VALUES (1, 'ok');",
                        "ALTER TYPE mood RENAME VALUE 'ok' TO 'fine'; ALTER TABLE people ADD COLUMN feels text;\n"
                                + "UPDATE people SET feels = mood::text;",
                        "renamed-label",
                        2,
                        "in a later migration"),
                new RefusedCase(
                        "order: a column goes, with one that is generated from it",
                        "CREATE TABLE sums (id int PRIMARY KEY, a int, twice int GENERATED ALWAYS AS (a * 2) STORED);"
                                + " INSERT INTO sums VALUES (1, 1);",
                        "ALTER TABLE sums DROP COLUMN a CASCADE;",
                        "drop-column-dependent-object",
                        1,
                        "earlier in the script"),
                refused(
                        "a new table that refers to a column, then the column goes with all that uses it",
                        "CREATE TABLE marks (id int PRIMARY KEY, goods int REFERENCES goods);\n"
                                + "ALTER TABLE goods DROP COLUMN id CASCADE;",
                        "drop-used-column",
                        "Leave out what line 2"),
                refused(
                        "a new column gets a default, then another name",
                        "ALTER TABLE goods ADD COLUMN flags bit(8); ALTER TABLE goods ALTER flags SET DEFAULT B'00000011';\n"
                                + "ALTER TABLE goods RENAME flags TO marks;",
                        "new-column-again",
                        "under its last name"),
                refused(
                        "an index by a name that a column has between two renames",
                        "ALTER TABLE goods RENAME name TO title; CREATE INDEX ON goods (title);\n"
                                + "ALTER TABLE goods RENAME title TO label;",
                        "renamed-column-again",
                        "Rename it once"),
                new RefusedCase(
                        "order: rows behind a trigger that goes",
                        OrderCases.WATCHED + OrderCases.WATCH,
                        "DROP TRIGGER watch ON shelves;\nUPDATE shelves SET name = 'n' WHERE id < 9;",
                        "rows-behind-trigger",
                        2,
                        "before line 2"),
                new RefusedCase(
                        "order: rows while a trigger is off",
                        OrderCases.WATCHED + OrderCases.WATCH,
                        "ALTER TABLE shelves DISABLE TRIGGER watch;\nINSERT INTO shelves VALUES (-1, 'n');\n"
                                + "ALTER TABLE shelves ENABLE TRIGGER watch;",
                        "rows-behind-trigger",
                        2,
                        "in a later migration"),
                new RefusedCase(
                        "order: a new column is filled behind a new trigger",
                        OrderCases.WATCHED,
                        OrderCases.WATCH
                                + " ALTER TABLE shelves ADD COLUMN twice int;\nUPDATE shelves SET twice = id * 2;",
                        "rows-behind-trigger",
                        2,
                        "before line 2"),
                new RefusedCase(
                        "order: a new column is filled, and a rule rewrites that",
                        OrderCases.WATCHED
                                + "CREATE RULE seen AS ON UPDATE TO shelves DO ALSO INSERT INTO seen VALUES (NEW.id, NEW.name);",
                        "ALTER TABLE shelves ADD COLUMN twice int;\nUPDATE shelves SET twice = id * 2;",
                        "fill-with-rule",
                        2,
                        "Drop the rule"),
                refused(
                        "rows that wait, and then a default that they would take",
                        "ALTER TABLE goods DROP CONSTRAINT goods_maker;\nINSERT INTO goods (id, maker) VALUES (-1, -1);"
                                + " ALTER TABLE goods ALTER name SET DEFAULT 'x';",
                        "rows-before-default",
                        "Give the column a value"),
                new RefusedCase(
                        "order: a new column is filled by a function that is replaced in contract",
                        OrderCases.WATCHED
                                + "CREATE FUNCTION twice(int) RETURNS int LANGUAGE sql IMMUTABLE AS 'SELECT 2';",
                        "DROP FUNCTION twice(int); CREATE FUNCTION twice(int) RETURNS int LANGUAGE sql IMMUTABLE AS 'SELECT 3';"
                                + " ALTER TABLE shelves ADD COLUMN twice int;\nUPDATE shelves SET twice = twice(id);",
                        "fill-from-what-waits",
                        2,
                        "in a migration before this one"),
                new RefusedCase(
                        "order: a function that is replaced, and whose arguments are of a column's type",
                        OrderCases.SHOP + "CREATE FUNCTION called(text) RETURNS text LANGUAGE sql AS 'SELECT $1';",
                        "CREATE OR REPLACE FUNCTION called(goods.name%TYPE) RETURNS text LANGUAGE sql AS 'SELECT $1';",
                        "function-of-column-type",
                        1,
                        "Write the type itself"),
                new RefusedCase(
                        "order: the index of a partition, attached to one that is there",
                        PartitionCases.PARTS + "CREATE INDEX m_v ON ONLY m (v);",
                        "CREATE INDEX CONCURRENTLY x_v ON m_x (v);\nALTER INDEX m_v ATTACH PARTITION x_v;",
                        "attach-index",
                        2,
                        "in the migration that makes"),
                refused(
                        "all columns, behind a column that goes",
                        "ALTER TABLE goods DROP COLUMN name;\nCREATE VIEW all_goods AS SELECT * FROM goods;",
                        "all-columns-after-change",
                        "Name the columns"),
                refused(
                        "a table like one of which a column goes",
                        "ALTER TABLE goods DROP COLUMN name;\nCREATE TABLE wares (LIKE goods);",
                        "all-columns-after-change",
                        "Name the columns"),
                refused(
                        "a row behind the filling of a new column",
                        "ALTER TABLE goods ADD COLUMN title text; UPDATE goods SET title = name;\n"
                                + "INSERT INTO goods (id, name) VALUES (-1, 'g');",
                        "insert-after-fill",
                        "name title"),
                refused(
                        "the filling of a new column behind a row that has a value in it",
                        "ALTER TABLE goods ADD COLUMN size int; INSERT INTO goods (id, size) VALUES (-1, 4);\n"
                                + "UPDATE goods SET size = coalesce(size, 0) + 1;",
                        "fill-after-insert",
                        "Leave that column out"),
                refused(
                        "the filling of a new column behind what reads it",
                        "ALTER TABLE goods ADD COLUMN size int; CREATE TABLE unsized (id int);"
                                + " INSERT INTO unsized SELECT id FROM goods WHERE size IS NULL;\n"
                                + "UPDATE goods SET size = 1;",
                        "read-before-fill",
                        "Leave the column out"),
                refused(
                        "a temporary table beside tables in use",
                        "ALTER TABLE goods ADD COLUMN size int;\n"
                                + "CREATE TEMP TABLE chosen ON COMMIT DROP AS SELECT id FROM goods;",
                        "session-statement",
                        "as WITH or a subquery"),
                refused(
                        "a row with NULL behind the filling of a new column",
                        "ALTER TABLE goods ADD COLUMN title text; UPDATE goods SET title = name;\n"
                                + "INSERT INTO goods (id, title) VALUES (-1, 'g'), (-2, NULL);",
                        "insert-after-fill",
                        "not NULL"),
                refused(
                        "a row behind a filling that can fail",
                        "ALTER TABLE goods ADD COLUMN half int; UPDATE goods SET half = 100 / id;\n"
                                + "INSERT INTO goods (id, half) VALUES (0, 1);",
                        "insert-after-fill",
                        "in a later migration"),
                refused(
                        "another type of a column that goes into a new table late",
                        "UPDATE notes SET note = 'x' WHERE id < 3; CREATE TABLE kept AS SELECT id, maker FROM notes;\n"
                                + "ALTER TABLE notes ALTER maker TYPE bigint;",
                        dependent,
                        "in a later migration"),
                refused(
                        "rows from which a new column was filled before",
                        "ALTER TABLE goods ADD COLUMN made_by text; UPDATE goods SET made_by = makers.name FROM makers"
                                + " WHERE makers.id = goods.maker;\nUPDATE makers SET name = 'none' WHERE id < 9;",
                        "fill-from-changed-column",
                        "before the UPDATE"),
                refused(
                        "a row between two defaults of a new column",
                        "ALTER TABLE goods ADD COLUMN state int DEFAULT 1;\nINSERT INTO goods (id) VALUES (-1);"
                                + " ALTER TABLE goods ALTER state SET DEFAULT 2;",
                        "rows-before-default",
                        "Give the column a value"),
                refused(
                        "a default by a name that a column has between two renames",
                        "ALTER TABLE goods RENAME name TO title; ALTER TABLE goods ALTER title SET DEFAULT 'x';\n"
                                + "ALTER TABLE goods RENAME title TO label;",
                        "renamed-column-again",
                        "Rename it once"),
                refused(
                        "a view, then the table goes with all that uses it",
                        "CREATE VIEW all_notes AS SELECT note FROM notes;\nDROP TABLE notes CASCADE;",
                        "drop-cascade",
                        "leave that line out"),
                refused(
                        "a function that holds on to a column, then the column goes",
                        "CREATE FUNCTION named() RETURNS bigint LANGUAGE sql BEGIN ATOMIC SELECT count(note) FROM notes; END;\n"
                                + "ALTER TABLE notes DROP COLUMN note CASCADE;",
                        "drop-used-column",
                        "Leave out"),
                refused(
                        "a view, then its column goes with all that uses it",
                        "CREATE VIEW all_notes AS SELECT id FROM notes; CREATE VIEW texts AS SELECT note FROM notes;\n"
                                + "ALTER TABLE notes DROP COLUMN note CASCADE;",
                        "drop-used-column",
                        "Leave out"),
                refused(
                        "a check on a column, then its type",
                        "ALTER TABLE goods ADD CHECK (name <> '');\nALTER TABLE goods ALTER name TYPE varchar(9);",
                        dependent,
                        "after this statement"),
                refused(
                        "an index over a column, then its type",
                        "CREATE INDEX ON goods (id, (name IS NULL));\nALTER TABLE goods ALTER name TYPE varchar(9);",
                        dependent,
                        "after this statement"),
                refused(
                        "a foreign key to a column, then its type",
                        "ALTER TABLE makers ADD FOREIGN KEY (id) REFERENCES makers; CREATE INDEX ON notes (note);\n"
                                + "ALTER TABLE makers ALTER id TYPE smallint;",
                        dependent,
                        "after this statement"),
                refused(
                        "a type, then the column goes",
                        "ALTER TABLE goods ALTER name TYPE varchar(9);\nALTER TABLE goods DROP COLUMN name;",
                        "drop-used-column",
                        "Leave out what line"),
                refused(
                        "not null, then the column goes",
                        "ALTER TABLE goods ALTER name SET NOT NULL;\nALTER TABLE goods DROP COLUMN name;",
                        "drop-used-column",
                        "Leave out what line"),
                refused(
                        "not null and back",
                        "ALTER TABLE goods ALTER name SET NOT NULL;\nALTER TABLE goods ALTER name DROP NOT NULL;",
                        "not-null-twice",
                        "does not last"),
                refused(
                        "statistics of a table that goes",
                        "CREATE STATISTICS more ON id, note FROM notes;\nDROP TABLE notes;",
                        "drop-table",
                        "Leave out the statistics"),
                refused(
                        "change what a new column was filled from",
                        "ALTER TABLE makers ADD COLUMN high boolean; UPDATE makers SET high = rank > 9;\n"
                                + "UPDATE makers SET rank = 0;",
                        "fill-from-changed-column",
                        "before the UPDATE"),
                new RefusedCase(
                        "order: drop a view and make it, twice",
                        OrderCases.SHOP + "CREATE VIEW ranks AS SELECT rank FROM makers;",
                        "DROP VIEW ranks; CREATE VIEW ranks AS SELECT id FROM makers;\n"
                                + "DROP VIEW ranks; CREATE VIEW ranks AS SELECT name FROM makers;",
                        "view-replace",
                        2,
                        "Leave out one DROP"),
                refused(
                        "another value than the default of each row",
                        "ALTER TABLE makers ADD COLUMN code uuid DEFAULT gen_random_uuid();\n"
                                + "UPDATE makers SET code = md5(name)::uuid;",
                        "update-of-volatile-default",
                        "Leave the DEFAULT out"),
                refused(
                        "rename what rows that wait were inserted by",
                        "ALTER TABLE makers ALTER name TYPE varchar(9);"
                                + " INSERT INTO makers (id, name, rank) VALUES (-1, 'n', 1);\n"
                                + "ALTER TABLE makers RENAME rank TO place;",
                        "column-used-in-between",
                        "of its own"),
                refused(
                        "rename what a view that waits shows",
                        "ALTER TABLE makers ALTER name TYPE varchar(9); CREATE VIEW ranks AS SELECT name, rank FROM makers;\n"
                                + "ALTER TABLE makers RENAME rank TO place;",
                        "column-used-in-between",
                        "of its own"),
                refused(
                        "drop what rows that wait were inserted by",
                        "ALTER TABLE notes ALTER note TYPE varchar(9); "
                                + " INSERT INTO notes (id, note, maker) VALUES (-1, 'n', NULL);\n"
                                + "ALTER TABLE notes DROP COLUMN maker;",
                        "column-used-in-between",
                        "of its own"),
                new RefusedCase(
                        "order: delete rows, and a key empties the source of a new column",
                        "CREATE TABLE staff (id int PRIMARY KEY, boss int REFERENCES staff ON DELETE SET NULL);"
                                + " INSERT INTO staff SELECT i, nullif(i / 2, 0) FROM generate_series(1, 20) i;",
                        "ALTER TABLE staff ADD COLUMN led boolean DEFAULT false; UPDATE staff SET led = true WHERE boss > 0;\n"
                                + "DELETE FROM staff WHERE id % 2 = 0;",
                        "fill-from-changed-column",
                        2,
                        "before the UPDATE"),
                refused(
                        "delete what a new key that nobody checks refers to",
                        "ALTER TABLE goods ADD FOREIGN KEY (id) REFERENCES makers NOT VALID;\nDELETE FROM makers WHERE id > 9;",
                        "rows-after-new-key",
                        "before the foreign key"),
                new RefusedCase(
                        "order: a wider type of an indexed column of a large partitioned table",
                        "CREATE TABLE hits (id int, page varchar(9)) PARTITION BY HASH (id);"
                                + " CREATE TABLE hits_0 PARTITION OF hits FOR VALUES WITH (MODULUS 1, REMAINDER 0);"
                                + " CREATE INDEX ON hits (page); INSERT INTO hits SELECT i, 'p' FROM generate_series(1, 9) i; ANALYZE;"
                                + " UPDATE pg_class SET reltuples = 50000 WHERE relname LIKE 'hits%' AND reltuples > 0;",
                        "ALTER TABLE hits ALTER page TYPE varchar(90);",
                        "change-type-rewrite",
                        1,
                        "in one after it"),
                new RefusedCase(
                        "order: round both ends of a key",
                        "CREATE TABLE hours (at timestamptz PRIMARY KEY); CREATE TABLE visits (at timestamptz REFERENCES hours);"
                                + " INSERT INTO hours VALUES ('2020-01-01 00:00:00.6Z'); INSERT INTO visits SELECT * FROM hours;",
                        "ALTER TABLE hours ALTER at TYPE timestamptz(0);\nALTER TABLE visits ALTER at TYPE timestamptz(0);",
                        "change-type-of-key",
                        1,
                        "Drop the foreign key"),
                refused(
                        "rename what a view over a renamed table shows",
                        "ALTER TABLE makers RENAME TO producers; CREATE VIEW ranks AS SELECT rank FROM producers;\n"
                                + "ALTER TABLE producers RENAME rank TO place;",
                        "column-used-in-between",
                        "of its own"),
                new RefusedCase(
                        "order: a column goes whose table gets another name, and the key that it refers to another type",
                        OrderCases.SHOP + "ANALYZE; UPDATE pg_class SET reltuples = 50000 WHERE relname = 'makers';",
                        "ALTER TABLE goods DROP COLUMN maker; ALTER TABLE goods RENAME TO wares;"
                                + " ALTER TABLE makers ALTER id TYPE bigint;",
                        "change-type-of-key",
                        1,
                        "contract included"),
                new RefusedCase(
                        "order: a view in the place of a table to which a key is dropped",
                        OrderCases.SHOP,
                        "DROP TABLE goods, notes;\n-- sluice:strategy view\nALTER TABLE makers RENAME rank TO place;",
                        "rename-by-view",
                        3,
                        "remove the -- sluice:strategy line"));
    }
}
