-- case: two in one file (no transaction)
CREATE TABLE orders (id int, amount int);
-- next file
CREATE INDEX CONCURRENTLY i ON orders (id); -- found
CREATE INDEX CONCURRENTLY j ON orders (amount); -- found

-- case: SET is a statement, too (no transaction)
CREATE TABLE orders (id int);
-- next file
SET lock_timeout = '2s';
DROP INDEX CONCURRENTLY i; -- found

-- case: alone (no transaction)
CREATE TABLE orders (id int);
-- next file
CREATE INDEX CONCURRENTLY i ON orders (id);

-- case: what may stand among others (no transaction)
CREATE TABLE orders (id int);
-- next file
ALTER TABLE orders ADD COLUMN a int;
ALTER TABLE orders ADD COLUMN b int;

-- case: after BEGIN another rule speaks (no transaction)
BEGIN;
CREATE INDEX CONCURRENTLY i ON orders (id);
COMMIT;
