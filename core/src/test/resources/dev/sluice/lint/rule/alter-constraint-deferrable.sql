-- case: deferrable
CREATE TABLE customers (id int PRIMARY KEY);
CREATE TABLE orders (id int PRIMARY KEY, amount int, note varchar(20));
-- next file
ALTER TABLE orders ADD CONSTRAINT k FOREIGN KEY (amount) REFERENCES customers NOT VALID;
-- next file
ALTER TABLE orders ALTER CONSTRAINT k DEFERRABLE INITIALLY DEFERRED; -- found

-- case: not deferrable, not known
ALTER TABLE orders ALTER CONSTRAINT k NOT DEFERRABLE; -- found

-- case: enforced (PostgreSQL 18)
CREATE TABLE orders (id int PRIMARY KEY, amount int, note varchar(20));
-- next file
ALTER TABLE orders ALTER CONSTRAINT k ENFORCED;

-- case: a new table
CREATE TABLE customers (id int PRIMARY KEY);
CREATE TABLE t (a int, CONSTRAINT k FOREIGN KEY (a) REFERENCES customers);
ALTER TABLE t ALTER CONSTRAINT k DEFERRABLE;
