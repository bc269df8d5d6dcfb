-- case: two rewrites
CREATE TABLE orders (id int, amount int);
-- next file
ALTER TABLE orders ALTER COLUMN id TYPE bigint;
ALTER TABLE orders ALTER COLUMN amount TYPE bigint; -- found

-- case: in one
CREATE TABLE orders (id int, amount int);
-- next file
ALTER TABLE orders ALTER COLUMN id TYPE bigint, ALTER COLUMN amount TYPE bigint;

-- case: the other needs no rows
CREATE TABLE orders (id int, amount int);
-- next file
ALTER TABLE orders ADD COLUMN a int;
ALTER TABLE orders ALTER COLUMN amount TYPE bigint;

-- case: merging would make the lock stronger (no transaction)
CREATE TABLE orders (id int, amount int);
ALTER TABLE orders ADD CONSTRAINT positive CHECK (amount > 0) NOT VALID;
-- next file
ALTER TABLE orders VALIDATE CONSTRAINT positive;
ALTER TABLE orders ALTER COLUMN id TYPE bigint;
