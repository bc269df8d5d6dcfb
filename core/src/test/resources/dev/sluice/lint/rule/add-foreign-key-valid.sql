-- case: at once
CREATE TABLE customers (id int PRIMARY KEY);
CREATE TABLE orders (id int PRIMARY KEY, amount int, note varchar(20));
-- next file
ALTER TABLE orders ADD CONSTRAINT k FOREIGN KEY (amount) REFERENCES customers; -- found

-- case: with actions
CREATE TABLE customers (id int PRIMARY KEY);
CREATE TABLE orders (id int PRIMARY KEY, amount int, note varchar(20));
-- next file
ALTER TABLE orders ADD CONSTRAINT k FOREIGN KEY (amount) REFERENCES customers ON UPDATE CASCADE ON DELETE CASCADE; -- found

-- case: not known
ALTER TABLE orders ADD CONSTRAINT k FOREIGN KEY (amount) REFERENCES customers; -- found

-- case: the referenced table is new
CREATE TABLE orders (id int PRIMARY KEY, amount int, note varchar(20));
-- next file
CREATE TABLE customers (id int PRIMARY KEY);
ALTER TABLE orders ADD CONSTRAINT k FOREIGN KEY (amount) REFERENCES customers; -- found

-- case: not valid
CREATE TABLE customers (id int PRIMARY KEY);
CREATE TABLE orders (id int PRIMARY KEY, amount int, note varchar(20));
-- next file
ALTER TABLE orders ADD CONSTRAINT k FOREIGN KEY (amount) REFERENCES customers NOT VALID;

-- case: not enforced (PostgreSQL 18)
CREATE TABLE customers (id int PRIMARY KEY);
CREATE TABLE orders (id int PRIMARY KEY, amount int, note varchar(20));
-- next file
ALTER TABLE orders ADD CONSTRAINT k FOREIGN KEY (amount) REFERENCES customers NOT ENFORCED;

-- case: the table is new
CREATE TABLE customers (id int PRIMARY KEY);
CREATE TABLE orders (id int PRIMARY KEY, amount int, note varchar(20));
-- next file
CREATE TABLE t (a int);
ALTER TABLE t ADD FOREIGN KEY (a) REFERENCES customers;

-- case: both are new
CREATE TABLE customers (id int PRIMARY KEY);
CREATE TABLE t (a int);
ALTER TABLE t ADD FOREIGN KEY (a) REFERENCES customers;

-- case: in CREATE TABLE
CREATE TABLE customers (id int PRIMARY KEY);
CREATE TABLE orders (id int PRIMARY KEY, amount int, note varchar(20));
-- next file
CREATE TABLE t (a int REFERENCES customers);
