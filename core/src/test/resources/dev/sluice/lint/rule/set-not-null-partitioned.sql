-- case: partitions with rows
CREATE TABLE orders (id int, amount int) PARTITION BY RANGE (id);
CREATE TABLE orders_1 PARTITION OF orders FOR VALUES FROM (0) TO (10);
-- next file
ALTER TABLE orders ALTER COLUMN amount SET NOT NULL; -- found

-- case: a partition alone
CREATE TABLE orders (id int, amount int) PARTITION BY RANGE (id);
CREATE TABLE orders_1 PARTITION OF orders FOR VALUES FROM (0) TO (10);
-- next file
ALTER TABLE orders_1 ALTER COLUMN amount SET NOT NULL;

-- case: a valid check
CREATE TABLE orders (id int, amount int) PARTITION BY RANGE (id);
CREATE TABLE orders_1 PARTITION OF orders FOR VALUES FROM (0) TO (10);
-- next file
ALTER TABLE orders ADD CONSTRAINT filled CHECK (amount IS NOT NULL) NOT VALID;
-- next file
ALTER TABLE orders VALIDATE CONSTRAINT filled;
-- next file
ALTER TABLE orders ALTER COLUMN amount SET NOT NULL;

-- case: new
CREATE TABLE orders (id int, amount int) PARTITION BY RANGE (id);
CREATE TABLE orders_1 PARTITION OF orders FOR VALUES FROM (0) TO (10);
ALTER TABLE orders ALTER COLUMN amount SET NOT NULL;

-- case: not partitioned
CREATE TABLE orders (id int PRIMARY KEY, amount int, note varchar(20));
-- next file
ALTER TABLE orders ALTER COLUMN amount SET NOT NULL;
