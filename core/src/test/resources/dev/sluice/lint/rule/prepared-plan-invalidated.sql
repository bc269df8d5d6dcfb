-- case: columns come, go and change
CREATE TABLE orders (id int, amount int, note text);
-- next file
ALTER TABLE orders ADD COLUMN a int; -- found
ALTER TABLE orders DROP COLUMN note; -- found
ALTER TABLE orders ALTER COLUMN amount TYPE bigint; -- found

-- case: they stay
CREATE TABLE orders (id int, amount int, note text);
-- next file
ALTER TABLE orders ADD CHECK (amount > 0) NOT VALID;
ALTER TABLE orders ALTER COLUMN amount SET DEFAULT 7;
ALTER TABLE orders ADD COLUMN IF NOT EXISTS amount int;
ALTER TABLE orders ALTER COLUMN amount TYPE int;

-- case: a table of the same migration
CREATE TABLE orders (id int);
ALTER TABLE orders ADD COLUMN a int;
