-- case: after ADD COLUMN
CREATE TABLE orders (id int PRIMARY KEY, amount int);
-- next file
ALTER TABLE orders ADD COLUMN twice int;
UPDATE orders SET twice = 2 * amount; -- found

-- case: with a condition
CREATE TABLE orders (id int PRIMARY KEY, amount int);
-- next file
ALTER TABLE orders ADD COLUMN twice int;
UPDATE orders SET twice = 2 * amount WHERE twice IS NULL; -- found

-- case: one row by its key
CREATE TABLE orders (id int PRIMARY KEY, amount int);
-- next file
ALTER TABLE orders ADD COLUMN twice int;
UPDATE orders SET twice = 2 * amount WHERE id = 7;

-- case: some rows of constants
CREATE TABLE orders (id int PRIMARY KEY, amount int);
-- next file
ALTER TABLE orders ADD COLUMN twice int;
INSERT INTO orders VALUES (1, 2, 3), (4, 5, 6);

-- case: filled from a table
CREATE TABLE orders (id int PRIMARY KEY, amount int);
CREATE TABLE bills (id int PRIMARY KEY, amount int);
-- next file
ALTER TABLE orders ADD COLUMN twice int;
INSERT INTO bills SELECT id, amount FROM orders; -- found

-- case: in its own transaction (no transaction)
CREATE TABLE orders (id int PRIMARY KEY, amount int);
-- next file
ALTER TABLE orders ADD COLUMN twice int;
UPDATE orders SET twice = 2 * amount;

-- case: before the lock is taken
CREATE TABLE orders (id int PRIMARY KEY, amount int);
-- next file
UPDATE orders SET amount = 7 WHERE amount IS NULL;
ALTER TABLE orders ADD COLUMN twice int;

-- case: a table of the same migration
CREATE TABLE orders (id int PRIMARY KEY, amount int);
ALTER TABLE orders ADD COLUMN twice int;
UPDATE orders SET twice = 2 * amount;
