-- case: builds its index
CREATE TABLE orders (id int, amount int);
-- next file
ALTER TABLE orders ADD PRIMARY KEY (id); -- found

-- case: not known
ALTER TABLE orders ADD CONSTRAINT k PRIMARY KEY (id); -- found

-- case: using an index
CREATE TABLE orders (id int, amount int);
-- next file
CREATE UNIQUE INDEX CONCURRENTLY i ON orders (amount);
-- next file
ALTER TABLE orders ADD CONSTRAINT k PRIMARY KEY USING INDEX i;

-- case: new table
CREATE TABLE t (a int);
ALTER TABLE ONLY t ADD PRIMARY KEY (a);

-- case: partitioned, new
CREATE TABLE orders (id int, amount int) PARTITION BY RANGE (id);
CREATE TABLE orders_1 PARTITION OF orders FOR VALUES FROM (0) TO (10);
ALTER TABLE orders ADD PRIMARY KEY (id);
