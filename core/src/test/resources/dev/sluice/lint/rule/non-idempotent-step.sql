-- case: without IF (no transaction)
CREATE TABLE orders (id int); -- found
ALTER TABLE orders ADD COLUMN a int; -- found
DROP TABLE other; -- found
CREATE TABLE IF NOT EXISTS more (id int);
ALTER TABLE orders ADD COLUMN IF NOT EXISTS b int;
DROP TABLE IF EXISTS other;

-- case: an index alone (no transaction)
CREATE INDEX CONCURRENTLY i ON orders (id); -- found

-- case: an index that is dropped first (no transaction)
DROP INDEX CONCURRENTLY IF EXISTS i;
CREATE INDEX CONCURRENTLY i ON orders (id);

-- case: another statement alone (no transaction)
ALTER TABLE orders ADD COLUMN a int;

-- case: in a transaction
CREATE TABLE orders (id int);
ALTER TABLE orders ADD COLUMN a int;

-- case: in its own transaction (no transaction)
BEGIN;
CREATE TABLE orders (id int);
COMMIT;
