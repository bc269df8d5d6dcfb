-- case: a check
CREATE TABLE orders (id int PRIMARY KEY, amount int, note varchar(20));
-- next file
ALTER TABLE orders ADD CONSTRAINT positive CHECK (amount > 0); -- found

-- case: unique
CREATE TABLE orders (id int PRIMARY KEY, amount int, note varchar(20));
-- next file
ALTER TABLE orders ADD UNIQUE (amount); -- found

-- case: a foreign key
ALTER TABLE orders ADD CONSTRAINT k FOREIGN KEY (amount) REFERENCES customers; -- found

-- case: not valid
CREATE TABLE orders (id int PRIMARY KEY, amount int, note varchar(20));
-- next file
ALTER TABLE orders ADD CONSTRAINT positive CHECK (amount > 0) NOT VALID;

-- case: a new table
CREATE TABLE t (a int);
ALTER TABLE t ADD CHECK (a > 0);

-- case: a new column
CREATE TABLE orders (id int PRIMARY KEY, amount int, note varchar(20));
-- next file
ALTER TABLE orders ADD COLUMN c int;
ALTER TABLE orders ADD CHECK (c > 0);

-- case: using an index
CREATE TABLE orders (id int PRIMARY KEY, amount int, note varchar(20));
-- next file
CREATE UNIQUE INDEX CONCURRENTLY i ON orders (amount);
-- next file
ALTER TABLE orders ADD CONSTRAINT u UNIQUE USING INDEX i;

-- case: a new column of the same statement
CREATE TABLE orders (id int PRIMARY KEY, amount int, note varchar(20));
-- next file
ALTER TABLE orders ADD CONSTRAINT k FOREIGN KEY (customer) REFERENCES customers, ADD COLUMN customer int;
