-- case: the only one
CREATE TABLE orders (id int, amount int);
CREATE INDEX i ON orders (amount);
-- next file
DROP INDEX i; -- found

-- case: a wider one is there
CREATE TABLE orders (id int, amount int);
CREATE INDEX i ON orders (amount);
CREATE INDEX j ON orders (amount, id);
-- next file
DROP INDEX i;

-- case: a unique one has none that is as strict
CREATE TABLE orders (id int, amount int);
CREATE UNIQUE INDEX i ON orders (amount);
CREATE INDEX j ON orders (amount, id);
-- next file
DROP INDEX i; -- found

-- case: a partial one does not do its work
CREATE TABLE orders (id int, amount int);
CREATE INDEX i ON orders (amount);
CREATE INDEX j ON orders (amount) WHERE id > 7;
-- next file
DROP INDEX i; -- found

-- case: its first column is the key
CREATE TABLE orders (id int PRIMARY KEY, amount int);
CREATE INDEX a ON orders (id, amount);
-- next file
DROP INDEX a;
