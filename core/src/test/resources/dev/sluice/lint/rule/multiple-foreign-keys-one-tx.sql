-- case: one CREATE TABLE
CREATE TABLE customers (id int PRIMARY KEY);
CREATE TABLE shops (id int PRIMARY KEY);
-- next file
CREATE TABLE t (a int REFERENCES customers, b int REFERENCES shops); -- found

-- case: two statements of a transaction
CREATE TABLE customers (id int PRIMARY KEY);
CREATE TABLE shops (id int PRIMARY KEY);
CREATE TABLE orders (id int PRIMARY KEY, amount int, note varchar(20));
-- next file
ALTER TABLE orders ADD FOREIGN KEY (amount) REFERENCES customers NOT VALID;
ALTER TABLE orders ADD FOREIGN KEY (id) REFERENCES shops NOT VALID; -- found

-- case: tables that are not known
CREATE TABLE t (a int REFERENCES customers);
CREATE TABLE u (a int REFERENCES shops); -- found
CREATE TABLE v (a int REFERENCES shops);

-- case: each in its own (no transaction)
CREATE TABLE customers (id int PRIMARY KEY);
CREATE TABLE shops (id int PRIMARY KEY);
CREATE TABLE orders (id int PRIMARY KEY, amount int, note varchar(20));
-- next file
ALTER TABLE orders ADD FOREIGN KEY (amount) REFERENCES customers NOT VALID;
ALTER TABLE orders ADD FOREIGN KEY (id) REFERENCES shops NOT VALID;

-- case: twice the same table
CREATE TABLE customers (id int PRIMARY KEY);
CREATE TABLE shops (id int PRIMARY KEY);
-- next file
CREATE TABLE t (a int REFERENCES customers, b int REFERENCES customers);

-- case: the other is new
CREATE TABLE customers (id int PRIMARY KEY);
-- next file
CREATE TABLE shops (id int PRIMARY KEY);
CREATE TABLE t (a int REFERENCES customers, b int REFERENCES shops);

-- case: there already
CREATE TABLE customers (id int PRIMARY KEY);
CREATE TABLE shops (id int PRIMARY KEY);
CREATE TABLE orders (id int PRIMARY KEY, amount int, note varchar(20));
-- next file
CREATE TABLE IF NOT EXISTS orders (a int REFERENCES customers, b int REFERENCES shops);
