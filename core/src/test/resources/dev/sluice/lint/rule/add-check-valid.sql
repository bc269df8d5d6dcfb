-- case: at once
CREATE TABLE orders (id int PRIMARY KEY, amount int, note varchar(20));
-- next file
ALTER TABLE orders ADD CONSTRAINT positive CHECK (amount > 0); -- found

-- case: not known
ALTER TABLE orders ADD CONSTRAINT positive CHECK (amount > 0); -- found

-- case: on a new column of the same migration
CREATE TABLE orders (id int PRIMARY KEY, amount int, note varchar(20));
-- next file
ALTER TABLE orders ADD COLUMN c int;
ALTER TABLE orders ADD CHECK (c > 0); -- found

-- case: not valid
CREATE TABLE orders (id int PRIMARY KEY, amount int, note varchar(20));
-- next file
ALTER TABLE orders ADD CONSTRAINT positive CHECK (amount > 0) NOT VALID;

-- case: not enforced (PostgreSQL 18)
CREATE TABLE orders (id int PRIMARY KEY, amount int, note varchar(20));
-- next file
ALTER TABLE orders ADD CONSTRAINT positive CHECK (amount > 0) NOT ENFORCED;

-- case: one of two
CREATE TABLE orders (id int PRIMARY KEY, amount int, note varchar(20));
-- next file
ALTER TABLE orders ADD CONSTRAINT positive CHECK (amount > 0) NOT VALID, ADD CHECK (id > 0); -- found

-- case: new table
CREATE TABLE t (a int);
ALTER TABLE t ADD CHECK (a > 0);

-- case: a new table, and rows in it
CREATE TABLE t (a int);
INSERT INTO t VALUES (1);
ALTER TABLE t ADD CHECK (a > 0);

-- case: a new table of the same name elsewhere
CREATE TABLE orders (id int PRIMARY KEY, amount int, note varchar(20));
-- next file
CREATE SCHEMA other;
CREATE TABLE other.orders (amount int);
ALTER TABLE public.orders ADD CONSTRAINT positive CHECK (amount > 0); -- found

-- case: temporary table
CREATE TEMP TABLE t ON COMMIT DROP AS SELECT 1 AS a;
ALTER TABLE t ADD CHECK (a > 0);
