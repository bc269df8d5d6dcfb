-- case: before 18 (PostgreSQL 17)
CREATE TABLE customers (id int PRIMARY KEY);
CREATE TABLE orders (id int, amount int) PARTITION BY RANGE (id);
CREATE TABLE orders_1 PARTITION OF orders FOR VALUES FROM (0) TO (10);
-- next file
ALTER TABLE orders ADD FOREIGN KEY (amount) REFERENCES customers NOT VALID; -- found

-- case: with 18 (PostgreSQL 18)
CREATE TABLE customers (id int PRIMARY KEY);
CREATE TABLE orders (id int, amount int) PARTITION BY RANGE (id);
CREATE TABLE orders_1 PARTITION OF orders FOR VALUES FROM (0) TO (10);
-- next file
ALTER TABLE orders ADD FOREIGN KEY (amount) REFERENCES customers NOT VALID;

-- case: a partition (PostgreSQL 16)
CREATE TABLE customers (id int PRIMARY KEY);
CREATE TABLE orders (id int, amount int) PARTITION BY RANGE (id);
CREATE TABLE orders_1 PARTITION OF orders FOR VALUES FROM (0) TO (10);
-- next file
ALTER TABLE orders_1 ADD FOREIGN KEY (amount) REFERENCES customers NOT VALID;

-- case: valid (PostgreSQL 16)
CREATE TABLE customers (id int PRIMARY KEY);
CREATE TABLE orders (id int, amount int) PARTITION BY RANGE (id);
CREATE TABLE orders_1 PARTITION OF orders FOR VALUES FROM (0) TO (10);
-- next file
ALTER TABLE orders ADD FOREIGN KEY (amount) REFERENCES customers;
