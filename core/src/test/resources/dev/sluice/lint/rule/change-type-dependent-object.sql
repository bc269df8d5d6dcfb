-- case: a view
CREATE TABLE orders (id int PRIMARY KEY, c varchar(20));
CREATE VIEW v AS SELECT c FROM orders;
-- next file
ALTER TABLE orders ALTER COLUMN c TYPE text; -- found

-- case: a generated column
CREATE TABLE orders (id int PRIMARY KEY, c int, d int GENERATED ALWAYS AS (c + 1) STORED);
-- next file
ALTER TABLE orders ALTER COLUMN c TYPE bigint; -- found

-- case: a trigger for UPDATE OF
CREATE TABLE orders (id int PRIMARY KEY, c int);
CREATE TRIGGER g AFTER UPDATE OF c ON orders FOR EACH ROW EXECUTE FUNCTION f();
-- next file
ALTER TABLE orders ALTER COLUMN c TYPE bigint; -- found

-- case: the view goes before
CREATE TABLE orders (id int PRIMARY KEY, c varchar(20));
CREATE VIEW v AS SELECT c FROM orders;
-- next file
DROP VIEW v;
ALTER TABLE orders ALTER COLUMN c TYPE text;

-- case: a view of another column
CREATE TABLE orders (id int PRIMARY KEY, c varchar(20), d int);
CREATE VIEW v AS SELECT d FROM orders;
-- next file
ALTER TABLE orders ALTER COLUMN c TYPE text;

-- case: a trigger for UPDATE
CREATE TABLE orders (id int PRIMARY KEY, c int);
CREATE TRIGGER g AFTER UPDATE ON orders FOR EACH ROW EXECUTE FUNCTION f();
-- next file
ALTER TABLE orders ALTER COLUMN c TYPE bigint;
