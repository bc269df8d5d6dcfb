-- case: after BEGIN (no transaction)
CREATE TABLE orders (id int);
-- next file
BEGIN;
CREATE INDEX CONCURRENTLY i ON orders (id); -- found
COMMIT;

-- case: after START TRANSACTION (no transaction)
CREATE TABLE orders (id int);
-- next file
START TRANSACTION;
SAVEPOINT a;
DROP INDEX CONCURRENTLY i; -- found
COMMIT;

-- case: beside others
CREATE TABLE orders (id int, amount int);
-- next file
ALTER TABLE orders ADD COLUMN note text;
CREATE INDEX CONCURRENTLY i ON orders (id); -- found

-- case: alone
CREATE TABLE orders (id int);
-- next file
SET statement_timeout = 0;
CREATE INDEX CONCURRENTLY i ON orders (id);

-- case: after COMMIT (no transaction)
CREATE TABLE orders (id int);
-- next file
BEGIN;
ALTER TABLE orders ADD COLUMN note text;
COMMIT;
CREATE INDEX CONCURRENTLY i ON orders (id);

-- case: VACUUM and DETACH
CREATE TABLE m (id int, at date) PARTITION BY RANGE (at);
CREATE TABLE m1 PARTITION OF m FOR VALUES FROM ('2024-01-01') TO ('2025-01-01');
-- next file
ALTER TABLE m DETACH PARTITION m1 CONCURRENTLY; -- found
VACUUM m1; -- found
ANALYZE m1;

-- case: databases and the server's settings (no transaction)
BEGIN;
CREATE DATABASE other; -- found
ALTER SYSTEM SET work_mem = '8MB'; -- found
COMMIT;
