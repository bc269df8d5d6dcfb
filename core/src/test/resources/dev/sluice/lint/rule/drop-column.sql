-- case: in use
CREATE TABLE orders (id int PRIMARY KEY, amount int, note varchar(20));
-- next file
ALTER TABLE orders DROP COLUMN note; -- found

-- case: one of two
CREATE TABLE orders (id int PRIMARY KEY, amount int, note varchar(20));
-- next file
ALTER TABLE orders DROP COLUMN note, ADD COLUMN remark text; -- found

-- case: not known
ALTER TABLE orders DROP COLUMN IF EXISTS note; -- found

-- case: a view needs it
CREATE TABLE orders (id int PRIMARY KEY, amount int, note varchar(20));
-- next file
CREATE VIEW v AS SELECT note FROM orders;
ALTER TABLE orders DROP COLUMN note; -- found

-- case: a foreign key needs it
CREATE TABLE customers (id int PRIMARY KEY);
CREATE TABLE t (a int REFERENCES customers);
-- next file
ALTER TABLE customers DROP COLUMN id; -- found

-- case: not there
CREATE TABLE orders (id int PRIMARY KEY, amount int, note varchar(20));
-- next file
ALTER TABLE orders DROP COLUMN IF EXISTS other;

-- case: a new table
CREATE TABLE t (a int, b int);
ALTER TABLE t DROP COLUMN b;

-- case: a temporary table
CREATE TEMP TABLE t (a int, b int);
ALTER TABLE t DROP COLUMN b;

-- case: a new column
CREATE TABLE orders (id int PRIMARY KEY, amount int, note varchar(20));
-- next file
ALTER TABLE orders ADD COLUMN c int;
ALTER TABLE orders DROP COLUMN c;
