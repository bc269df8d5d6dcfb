-- case: nothing proves it
CREATE TABLE orders (id int PRIMARY KEY, amount int, note varchar(20));
-- next file
ALTER TABLE orders ALTER COLUMN amount SET NOT NULL; -- found

-- case: a valid check proves it
CREATE TABLE orders (amount int, CHECK (amount IS NOT NULL));
-- next file
ALTER TABLE orders ALTER COLUMN amount SET NOT NULL;

-- case: the check says more
CREATE TABLE orders (amount int, CHECK (amount IS NOT NULL AND amount > 0));
-- next file
ALTER TABLE orders ALTER COLUMN amount SET NOT NULL;

-- case: NOT (… IS NULL)
CREATE TABLE orders (amount int, CHECK (NOT (amount IS NULL)));
-- next file
ALTER TABLE orders ALTER COLUMN amount SET NOT NULL;

-- case: a check that lets NULL pass
CREATE TABLE orders (amount int, CHECK (amount > 0));
-- next file
ALTER TABLE orders ALTER COLUMN amount SET NOT NULL; -- found

-- case: another check of the table was validated
CREATE TABLE orders (id int PRIMARY KEY, amount int, note varchar(20));
-- next file
ALTER TABLE orders ADD CONSTRAINT positive CHECK (amount > 0) NOT VALID;
-- next file
ALTER TABLE orders VALIDATE CONSTRAINT positive;
-- next file
ALTER TABLE orders ALTER COLUMN amount SET NOT NULL; -- found

-- case: the check is not valid yet
CREATE TABLE orders (id int PRIMARY KEY, amount int, note varchar(20));
-- next file
ALTER TABLE orders ADD CONSTRAINT filled CHECK (amount IS NOT NULL) NOT VALID;
-- next file
ALTER TABLE orders ALTER COLUMN amount SET NOT NULL; -- found

-- case: the whole recipe
CREATE TABLE orders (id int PRIMARY KEY, amount int, note varchar(20));
-- next file
ALTER TABLE orders ADD CONSTRAINT filled CHECK (amount IS NOT NULL) NOT VALID;
-- next file
ALTER TABLE orders VALIDATE CONSTRAINT filled;
-- next file
ALTER TABLE orders ALTER COLUMN amount SET NOT NULL;
ALTER TABLE orders DROP CONSTRAINT filled;

-- case: the whole recipe, on a table that is not known
ALTER TABLE orders ADD CONSTRAINT filled CHECK (amount IS NOT NULL) NOT VALID;
-- next file
ALTER TABLE orders VALIDATE CONSTRAINT filled;
-- next file
ALTER TABLE orders ALTER COLUMN amount SET NOT NULL;

-- case: the table is not known
ALTER TABLE orders ALTER COLUMN amount SET NOT NULL; -- found

-- case: NOT NULL already
CREATE TABLE orders (id int PRIMARY KEY, amount int, note varchar(20));
-- next file
ALTER TABLE orders ALTER COLUMN id SET NOT NULL;

-- case: set before, on a table that is not known
ALTER TABLE orders ALTER COLUMN amount SET NOT NULL; -- found
-- next file
ALTER TABLE orders ALTER COLUMN amount SET NOT NULL;

-- case: with a change of the type
CREATE TABLE orders (id int PRIMARY KEY, amount int, note varchar(20));
-- next file
ALTER TABLE orders ALTER COLUMN amount TYPE bigint, ALTER COLUMN amount SET NOT NULL; -- found

-- case: a partitioned table has its own rule
CREATE TABLE orders (id int, amount int) PARTITION BY RANGE (id);
CREATE TABLE orders_1 PARTITION OF orders FOR VALUES FROM (0) TO (10);
-- next file
ALTER TABLE orders ALTER COLUMN amount SET NOT NULL;
