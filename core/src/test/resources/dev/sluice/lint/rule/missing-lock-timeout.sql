-- case: once per file, at the first that needs it
CREATE TABLE orders (id int);
-- next file
CREATE TABLE other (id int);
ALTER TABLE orders ADD COLUMN a int; -- found
ALTER TABLE orders ADD COLUMN b int;
DROP TABLE orders;

-- case: set
CREATE TABLE orders (id int);
-- next file
SET LOCAL lock_timeout = '2s';
ALTER TABLE orders ADD COLUMN a int;

-- case: set by a function
CREATE TABLE orders (id int);
-- next file
SELECT set_config('lock_timeout', '2s', true);
ALTER TABLE orders ADD COLUMN a int;

-- case: reset (no transaction)
CREATE TABLE orders (id int);
-- next file
SET lock_timeout = '2s';
RESET lock_timeout;
ALTER TABLE orders ADD COLUMN a int; -- found

-- case: nothing waits for it (no transaction)
CREATE TABLE orders (id int);
-- next file
CREATE INDEX CONCURRENTLY i ON orders (id);
UPDATE orders SET id = 7 WHERE id = 8;
COMMENT ON TABLE orders IS 'x';

-- case: a table of the same migration
CREATE TABLE orders (id int);
ALTER TABLE orders ADD COLUMN a int;

-- case: a table that no script made
ALTER TABLE orders ADD COLUMN a int; -- found
