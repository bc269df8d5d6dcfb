-- case: once per file
CREATE TABLE orders (id int, amount int);
-- next file
ALTER TABLE orders ADD COLUMN a int;
CREATE INDEX ON orders (amount); -- found
ALTER TABLE orders ALTER COLUMN amount TYPE bigint;

-- case: set
CREATE TABLE orders (id int, amount int);
-- next file
SET statement_timeout = '1min';
CREATE INDEX ON orders (amount);

-- case: nothing long under a strong lock (no transaction)
CREATE TABLE orders (id int, amount int, CONSTRAINT positive CHECK (amount > 0));
ALTER TABLE orders ADD CONSTRAINT small CHECK (amount < 9) NOT VALID;
-- next file
ALTER TABLE orders ADD COLUMN a int;
ALTER TABLE orders VALIDATE CONSTRAINT small;
CREATE INDEX CONCURRENTLY i ON orders (amount);
