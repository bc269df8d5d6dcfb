-- case: of two tables in use
CREATE TABLE customers (id int PRIMARY KEY);
CREATE TABLE orders (id int PRIMARY KEY, amount int, note varchar(20));
-- next file
ALTER TABLE orders ADD CONSTRAINT k FOREIGN KEY (amount) REFERENCES customers NOT VALID;
-- next file
ALTER TABLE orders DROP CONSTRAINT k; -- found

-- case: with the name that PostgreSQL gave it
CREATE TABLE customers (id int PRIMARY KEY);
CREATE TABLE orders (amount int REFERENCES customers);
-- next file
ALTER TABLE orders DROP CONSTRAINT orders_amount_fkey; -- found

-- case: not known, by its name
ALTER TABLE orders DROP CONSTRAINT orders_amount_fkey; -- found

-- case: a check
CREATE TABLE orders (amount int CONSTRAINT positive CHECK (amount > 0));
-- next file
ALTER TABLE orders DROP CONSTRAINT positive;

-- case: not known, any name
ALTER TABLE orders DROP CONSTRAINT positive;

-- case: a new table
CREATE TABLE customers (id int PRIMARY KEY);
-- next file
CREATE TABLE t (a int CONSTRAINT k REFERENCES customers);
ALTER TABLE t DROP CONSTRAINT k;
