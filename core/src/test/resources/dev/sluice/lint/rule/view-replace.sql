-- case: a column is missing
CREATE TABLE orders (id int, amount int);
CREATE VIEW v AS SELECT id, amount FROM orders;
-- next file
CREATE OR REPLACE VIEW v AS SELECT id FROM orders; -- found

-- case: a column gets another name
CREATE TABLE orders (id int, amount int);
CREATE VIEW v AS SELECT id, amount FROM orders;
-- next file
CREATE OR REPLACE VIEW v AS SELECT id, amount AS sum FROM orders; -- found

-- case: one more
CREATE TABLE orders (id int, amount int);
CREATE VIEW v AS SELECT id FROM orders;
-- next file
CREATE OR REPLACE VIEW v AS SELECT id, amount FROM orders;

-- case: columns that are not written down
CREATE TABLE orders (id int, amount int);
CREATE VIEW v AS SELECT * FROM orders;
-- next file
CREATE OR REPLACE VIEW v AS SELECT id FROM orders;

-- case: dropped
CREATE VIEW v AS SELECT 1 AS a;
-- next file
DROP VIEW v; -- found

-- case: dropped and made anew
CREATE VIEW v AS SELECT 1 AS a;
-- next file
DROP VIEW v;
CREATE VIEW v AS SELECT 2 AS b;

-- case: of the same migration
CREATE VIEW v AS SELECT 1 AS a;
DROP VIEW v;
