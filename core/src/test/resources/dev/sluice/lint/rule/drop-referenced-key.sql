-- case: cascade
CREATE TABLE customers (id int PRIMARY KEY);
CREATE TABLE orders (id int PRIMARY KEY, amount int, note varchar(20));
-- next file
ALTER TABLE orders ADD CONSTRAINT k FOREIGN KEY (amount) REFERENCES customers NOT VALID;
-- next file
ALTER TABLE customers DROP CONSTRAINT customers_pkey CASCADE; -- found

-- case: refused
CREATE TABLE customers (id int PRIMARY KEY);
CREATE TABLE orders (id int PRIMARY KEY, amount int, note varchar(20));
-- next file
ALTER TABLE orders ADD CONSTRAINT k FOREIGN KEY (amount) REFERENCES customers NOT VALID;
-- next file
ALTER TABLE customers DROP CONSTRAINT customers_pkey; -- found

-- case: a unique constraint
CREATE TABLE customers (id int CONSTRAINT u UNIQUE);
CREATE TABLE t (a int REFERENCES customers (id));
-- next file
ALTER TABLE customers DROP CONSTRAINT u CASCADE; -- found

-- case: the foreign key goes first
CREATE TABLE customers (id int PRIMARY KEY);
CREATE TABLE orders (id int PRIMARY KEY, amount int, note varchar(20));
-- next file
ALTER TABLE orders ADD CONSTRAINT k FOREIGN KEY (amount) REFERENCES customers NOT VALID;
-- next file
ALTER TABLE orders DROP CONSTRAINT k;
ALTER TABLE customers DROP CONSTRAINT customers_pkey;

-- case: another key
CREATE TABLE customers (id int PRIMARY KEY, code int CONSTRAINT u UNIQUE);
CREATE TABLE t (a int REFERENCES customers);
-- next file
ALTER TABLE customers DROP CONSTRAINT u;

-- case: nobody refers to it
CREATE TABLE orders (id int PRIMARY KEY, amount int, note varchar(20));
-- next file
ALTER TABLE orders DROP CONSTRAINT orders_pkey;
