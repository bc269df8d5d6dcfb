-- case: a table in use
CREATE TABLE orders (id int, amount int);
-- next file
CREATE UNIQUE INDEX ON orders (amount); -- found

-- case: concurrently (no transaction)
CREATE TABLE orders (id int, amount int);
-- next file
CREATE UNIQUE INDEX CONCURRENTLY i ON orders (amount); -- found

-- case: not unique
CREATE TABLE orders (id int, amount int);
-- next file
CREATE INDEX ON orders (amount);

-- case: a table of the same migration
CREATE TABLE orders (id int, amount int);
CREATE UNIQUE INDEX ON orders (amount);
