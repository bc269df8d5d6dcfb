-- case: the successor comes later
CREATE TABLE orders (id int, amount int);
CREATE INDEX i ON orders (amount);
-- next file
DROP INDEX i; -- found
CREATE INDEX i ON orders (amount, id);

-- case: the successor is there
CREATE TABLE orders (id int, amount int);
CREATE INDEX i ON orders (amount);
-- next file
CREATE INDEX j ON orders (amount, id);
DROP INDEX i;

-- case: what comes later is another one
CREATE TABLE orders (id int, amount int);
CREATE INDEX i ON orders (amount);
-- next file
DROP INDEX i;
CREATE INDEX j ON orders (id);

-- case: another table
CREATE TABLE orders (id int, amount int);
CREATE TABLE bills (id int, amount int);
CREATE INDEX i ON orders (amount);
-- next file
DROP INDEX i;
CREATE INDEX j ON bills (amount);
