-- case: nothing takes a broken one away (no transaction)
CREATE TABLE orders (id int);
-- next file
CREATE INDEX CONCURRENTLY IF NOT EXISTS i ON orders (id); -- found

-- case: it is dropped first (no transaction)
CREATE TABLE orders (id int);
-- next file
DROP INDEX CONCURRENTLY IF EXISTS i;
CREATE INDEX CONCURRENTLY IF NOT EXISTS i ON orders (id);

-- case: it fails loudly (no transaction)
CREATE TABLE orders (id int);
-- next file
CREATE INDEX CONCURRENTLY i ON orders (id);

-- case: not concurrently
CREATE TABLE orders (id int);
-- next file
CREATE INDEX IF NOT EXISTS i ON orders (id);
