-- case: rows, then a table
CREATE TABLE orders (id int PRIMARY KEY, amount int);
-- next file
UPDATE orders SET amount = 0 WHERE amount IS NULL;
ALTER TABLE orders ADD COLUMN a int; -- found
UPDATE orders SET amount = 1 WHERE amount = 2;

-- case: in transactions of their own (no transaction)
CREATE TABLE orders (id int PRIMARY KEY, amount int);
-- next file
ALTER TABLE orders ADD COLUMN a int;
UPDATE orders SET amount = 0 WHERE amount IS NULL; -- found

-- case: rows alone
CREATE TABLE orders (id int PRIMARY KEY, amount int);
-- next file
UPDATE orders SET amount = 0 WHERE amount IS NULL;
INSERT INTO orders VALUES (1, 2);

-- case: rows of a new table
CREATE TABLE orders (id int PRIMARY KEY, amount int);
-- next file
CREATE TABLE bills (id int);
INSERT INTO bills VALUES (1), (2);
ALTER TABLE orders ADD COLUMN a int;
