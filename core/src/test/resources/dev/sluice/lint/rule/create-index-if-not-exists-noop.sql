-- case: the index is there
CREATE TABLE orders (id int PRIMARY KEY, amount int);
CREATE INDEX by_amount ON orders (amount);
-- next file
CREATE INDEX IF NOT EXISTS by_amount ON orders (amount); -- found

-- case: the index is not there
CREATE TABLE orders (id int PRIMARY KEY, amount int);
-- next file
CREATE INDEX IF NOT EXISTS by_amount ON orders (amount);

-- case: the column is there
CREATE TABLE orders (id int PRIMARY KEY, amount int);
-- next file
ALTER TABLE orders ADD COLUMN IF NOT EXISTS amount int; -- found

-- case: the column is not there
CREATE TABLE orders (id int PRIMARY KEY);
-- next file
ALTER TABLE orders ADD COLUMN IF NOT EXISTS amount int;

-- case: the table is not known
ALTER TABLE orders ADD COLUMN IF NOT EXISTS amount int;

-- case: a table of the same migration
CREATE TABLE orders (id int PRIMARY KEY, amount int);
CREATE INDEX by_amount ON orders (amount);
CREATE INDEX IF NOT EXISTS by_amount ON orders (amount);
