-- case: without a default
CREATE TABLE orders (id int PRIMARY KEY, amount int, note varchar(20));
-- next file
ALTER TABLE orders ADD COLUMN n int CHECK (n > 0); -- found

-- case: with one
CREATE TABLE orders (id int PRIMARY KEY, amount int, note varchar(20));
-- next file
ALTER TABLE orders ADD COLUMN n int DEFAULT 1 CHECK (n > 0); -- found

-- case: the table is not known
ALTER TABLE shop.orders ADD COLUMN n int CONSTRAINT positive CHECK (n > 0); -- found

-- case: not enforced (PostgreSQL 18)
CREATE TABLE orders (id int PRIMARY KEY, amount int, note varchar(20));
-- next file
ALTER TABLE orders ADD COLUMN n int CHECK (n > 0) NOT ENFORCED;

-- case: NOT ENFORCED of another constraint (PostgreSQL 18)
CREATE TABLE orders (id int PRIMARY KEY, amount int, note varchar(20));
-- next file
ALTER TABLE orders ADD COLUMN n int CHECK (n > 0) REFERENCES orders NOT ENFORCED; -- found

-- case: separate and not valid
CREATE TABLE orders (id int PRIMARY KEY, amount int, note varchar(20));
-- next file
ALTER TABLE orders ADD COLUMN n int, ADD CONSTRAINT positive CHECK (n > 0) NOT VALID;

-- case: the rewrite has more to say
CREATE TABLE orders (id int PRIMARY KEY, amount int, note varchar(20));
-- next file
ALTER TABLE orders ADD COLUMN n float DEFAULT random() CHECK (n > 0);

-- case: the table is new
CREATE TABLE t (a int);
ALTER TABLE t ADD COLUMN n int CHECK (n > 0);

-- case: the table is temporary
CREATE TEMP TABLE t AS SELECT 1 AS a;
ALTER TABLE t ADD COLUMN n int CHECK (n > 0);
