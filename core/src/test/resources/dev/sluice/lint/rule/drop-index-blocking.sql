-- case: a table in use
CREATE TABLE orders (id int, amount int);
CREATE INDEX i ON orders (amount);
-- next file
DROP INDEX i; -- found

-- case: concurrently (no transaction)
CREATE TABLE orders (id int, amount int);
CREATE INDEX i ON orders (amount);
-- next file
DROP INDEX CONCURRENTLY i;

-- case: an index that no script made
DROP INDEX i; -- found

-- case: two of them (no transaction)
CREATE TABLE orders (id int, amount int);
CREATE INDEX i ON orders (amount);
CREATE INDEX j ON orders (id);
-- next file
DROP INDEX i, j; -- found

-- case: a table of the same migration
CREATE TABLE orders (id int, amount int);
CREATE INDEX i ON orders (amount);
DROP INDEX i;

-- case: the table's name in the place of the schema's
CREATE TABLE orders (id int, amount int);
CREATE INDEX i ON orders (amount);
-- next file
DROP INDEX IF EXISTS orders.i; -- found
