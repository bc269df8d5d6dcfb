-- case: without a default
CREATE TABLE customers (id int PRIMARY KEY);
CREATE TABLE orders (id int PRIMARY KEY, amount int, note varchar(20));
-- next file
ALTER TABLE orders ADD COLUMN customer_id int REFERENCES customers; -- found

-- case: with a default
CREATE TABLE customers (id int PRIMARY KEY);
CREATE TABLE orders (id int PRIMARY KEY, amount int, note varchar(20));
-- next file
ALTER TABLE orders ADD COLUMN customer_id int DEFAULT 1 REFERENCES customers (id); -- found

-- case: no script shows the tables
ALTER TABLE orders ADD COLUMN customer_id int REFERENCES customers; -- found

-- case: the referenced table is new
CREATE TABLE orders (id int PRIMARY KEY, amount int, note varchar(20));
-- next file
CREATE TABLE customers (id int PRIMARY KEY);
ALTER TABLE orders ADD COLUMN customer_id int REFERENCES customers;

-- case: the referenced table is new, and there is a default
CREATE TABLE orders (id int PRIMARY KEY, amount int, note varchar(20));
-- next file
CREATE TABLE customers (id int PRIMARY KEY);
ALTER TABLE orders ADD COLUMN customer_id int DEFAULT 1 REFERENCES customers; -- found

-- case: the table itself
CREATE TABLE orders (id int PRIMARY KEY, amount int, note varchar(20));
-- next file
ALTER TABLE orders ADD COLUMN parent int REFERENCES orders;

-- case: the table is new
CREATE TABLE customers (id int PRIMARY KEY);
CREATE TABLE orders (id int PRIMARY KEY, amount int, note varchar(20));
-- next file
CREATE TABLE t (a int);
ALTER TABLE t ADD COLUMN customer_id int REFERENCES customers;

-- case: separate and not valid
CREATE TABLE customers (id int PRIMARY KEY);
CREATE TABLE orders (id int PRIMARY KEY, amount int, note varchar(20));
-- next file
ALTER TABLE orders ADD COLUMN customer_id int;
ALTER TABLE orders ADD FOREIGN KEY (customer_id) REFERENCES customers NOT VALID;
