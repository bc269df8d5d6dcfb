-- case: a check and a foreign key
CREATE TABLE customers (id bigint PRIMARY KEY);
CREATE TABLE orders (id bigint PRIMARY KEY, customer bigint, amount int);
-- next file
ALTER TABLE orders ADD CONSTRAINT positive CHECK (amount > 0) NOT VALID; -- found
ALTER TABLE orders ADD CONSTRAINT of FOREIGN KEY (customer) REFERENCES customers NOT VALID; -- found
-- next file
CREATE INDEX CONCURRENTLY i ON orders (customer);

-- case: under another name of the table
CREATE TABLE orders (id bigint PRIMARY KEY, amount int);
-- next file
ALTER TABLE orders ADD CONSTRAINT positive CHECK (amount > 0) NOT VALID; -- found
-- next file
ALTER TABLE orders RENAME TO sales;

-- case: validated
CREATE TABLE orders (id bigint PRIMARY KEY, amount int);
-- next file
ALTER TABLE orders ADD CONSTRAINT positive CHECK (amount > 0) NOT VALID;
-- next file
ALTER TABLE orders VALIDATE CONSTRAINT positive;

-- case: dropped, or its table
CREATE TABLE orders (id bigint PRIMARY KEY, amount int);
CREATE TABLE items (id bigint PRIMARY KEY, amount int);
-- next file
ALTER TABLE orders ADD CONSTRAINT positive CHECK (amount > 0) NOT VALID;
ALTER TABLE items ADD CONSTRAINT positive CHECK (amount > 0) NOT VALID;
-- next file
ALTER TABLE orders DROP CONSTRAINT positive;
DROP TABLE items;

-- case: the last migration
CREATE TABLE orders (id bigint PRIMARY KEY, amount int);
-- next file
ALTER TABLE orders ADD CONSTRAINT positive CHECK (amount > 0) NOT VALID;

-- case: not enforced, which is never valid (PostgreSQL 18)
CREATE TABLE orders (id bigint PRIMARY KEY, amount int);
-- next file
ALTER TABLE orders ADD CONSTRAINT positive CHECK (amount > 0) NOT ENFORCED;
-- next file
CREATE INDEX CONCURRENTLY i ON orders (amount);
