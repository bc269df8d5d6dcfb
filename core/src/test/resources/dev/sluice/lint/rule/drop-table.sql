-- case: a table in use
CREATE TABLE orders (id int);
-- next file
DROP TABLE orders; -- found

-- case: a table that no script made
DROP TABLE IF EXISTS orders; -- found

-- case: a table of the same migration, and a temporary one
CREATE TABLE orders (id int);
CREATE TEMP TABLE work (id int);
DROP TABLE orders, work;

-- case: the new one has the name of another schema's
CREATE TABLE orders (id int);
-- next file
CREATE TABLE other.orders (id int);
DROP TABLE other.orders;
DROP TABLE orders; -- found

-- case: a view
CREATE VIEW v AS SELECT 1 AS a;
-- next file
DROP VIEW v;
