-- case: two tables
CREATE TABLE orders (id int);
CREATE TABLE bills (id int);
CREATE TABLE people (id int);
-- next file
ALTER TABLE orders ADD COLUMN a int;
ALTER TABLE bills ADD COLUMN a int; -- found
ALTER TABLE people ADD COLUMN a int;

-- case: one table
CREATE TABLE orders (id int);
-- next file
ALTER TABLE orders ADD COLUMN a int;
ALTER TABLE orders ADD COLUMN b int;

-- case: the other one is new
CREATE TABLE orders (id int);
-- next file
CREATE TABLE bills (id int);
ALTER TABLE orders ADD COLUMN a int;
ALTER TABLE bills ADD COLUMN a int;

-- case: in transactions of their own (no transaction)
CREATE TABLE orders (id int);
CREATE TABLE bills (id int);
-- next file
ALTER TABLE orders ADD COLUMN a int;
ALTER TABLE bills ADD COLUMN a int;

-- case: between COMMIT and BEGIN (no transaction)
CREATE TABLE orders (id int);
CREATE TABLE bills (id int);
-- next file
BEGIN;
ALTER TABLE orders ADD COLUMN a int;
COMMIT;
BEGIN;
ALTER TABLE bills ADD COLUMN a int;
COMMIT;

-- case: new tables that got other names, or went
CREATE TABLE orders (id int);
-- next file
CREATE TABLE a (id int);
CREATE TABLE b (id int);
CREATE TEMP TABLE c (id int);
ALTER TABLE a RENAME TO d;
DROP TABLE b, c;
ALTER TABLE orders ADD COLUMN a int;
