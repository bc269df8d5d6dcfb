-- case: created (PostgreSQL 14) (no transaction)
CREATE TABLE orders (id int);
-- next file
CREATE INDEX CONCURRENTLY i ON orders (id); -- found
REINDEX INDEX CONCURRENTLY i; -- found
REINDEX INDEX i;

-- case: a later version (PostgreSQL 15) (no transaction)
CREATE TABLE orders (id int);
-- next file
CREATE INDEX CONCURRENTLY i ON orders (id);

-- case: not concurrently (PostgreSQL 14)
CREATE TABLE orders (id int);
-- next file
CREATE INDEX i ON orders (id);
