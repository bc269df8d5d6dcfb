-- case: builds its index
CREATE TABLE orders (id int PRIMARY KEY, amount int, note varchar(20));
-- next file
ALTER TABLE orders ADD CONSTRAINT u UNIQUE (amount); -- found

-- case: not known
ALTER TABLE orders ADD UNIQUE (amount, note) INCLUDE (id); -- found

-- case: partitioned
CREATE TABLE orders (id int, amount int) PARTITION BY RANGE (id);
CREATE TABLE orders_1 PARTITION OF orders FOR VALUES FROM (0) TO (10);
-- next file
ALTER TABLE orders ADD UNIQUE (id); -- found

-- case: using an index
CREATE TABLE orders (id int PRIMARY KEY, amount int, note varchar(20));
-- next file
CREATE UNIQUE INDEX CONCURRENTLY i ON orders (amount);
-- next file
ALTER TABLE orders ADD CONSTRAINT u UNIQUE USING INDEX i;

-- case: new table
CREATE TABLE t (a int);
ALTER TABLE t ADD UNIQUE (a);

-- case: new table, ONLY, with its schema
CREATE TABLE public.t (a int);
ALTER TABLE ONLY t ADD CONSTRAINT u UNIQUE (a);

-- case: in the place of an old one
CREATE TABLE orders (id int PRIMARY KEY, amount int, note varchar(20));
-- next file
DROP TABLE orders;
CREATE TABLE orders (amount int);
ALTER TABLE orders ADD UNIQUE (amount);

-- case: an old one under another name
CREATE TABLE orders (id int PRIMARY KEY, amount int, note varchar(20));
-- next file
ALTER TABLE orders RENAME TO archive;
CREATE TABLE orders (amount int);
ALTER TABLE orders ADD UNIQUE (amount);
ALTER TABLE archive ADD UNIQUE (amount); -- found

-- case: IF NOT EXISTS of a table that is there
CREATE TABLE orders (id int PRIMARY KEY, amount int, note varchar(20));
-- next file
CREATE TABLE IF NOT EXISTS orders (id int);
ALTER TABLE orders ADD UNIQUE (amount); -- found
