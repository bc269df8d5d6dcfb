-- case: a timeout of the session (no transaction)
CREATE TABLE orders (id int);
-- next file
SET statement_timeout = '5s';
CREATE INDEX CONCURRENTLY i ON orders (id); -- found

-- case: lock_timeout (no transaction)
CREATE TABLE orders (id int);
-- next file
SET lock_timeout = 2000;
REINDEX INDEX CONCURRENTLY i; -- found

-- case: none (no transaction)
CREATE TABLE orders (id int);
-- next file
SET lock_timeout = '2s';
RESET lock_timeout;
SET statement_timeout = 0;
CREATE INDEX CONCURRENTLY i ON orders (id);

-- case: SET LOCAL of an earlier transaction is over (no transaction)
CREATE TABLE orders (id int);
-- next file
BEGIN;
SET LOCAL lock_timeout = '2s';
ALTER TABLE orders ADD COLUMN note text;
COMMIT;
CREATE INDEX CONCURRENTLY i ON orders (id);

-- case: an ordinary index
CREATE TABLE orders (id int);
-- next file
SET lock_timeout = '2s';
CREATE INDEX i ON orders (id);
