-- case: a minute
SET lock_timeout = '1min'; -- found
ALTER TABLE orders ADD COLUMN a int;

-- case: no limit
SET LOCAL lock_timeout TO 0; -- found
ALTER TABLE orders ADD COLUMN a int;

-- case: milliseconds
SET lock_timeout = 20000; -- found

-- case: short
SET lock_timeout = '5s';
SET lock_timeout = 10000;
SET statement_timeout = 0;

-- case: for CONCURRENTLY (no transaction)
CREATE TABLE orders (id int);
-- next file
SET lock_timeout = 0;
SET statement_timeout = 0;
CREATE INDEX CONCURRENTLY i ON orders (id);
