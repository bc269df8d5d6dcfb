-- case: not enforced so far (PostgreSQL 18)
CREATE TABLE customers (id int PRIMARY KEY);
CREATE TABLE orders (id int PRIMARY KEY, amount int, note varchar(20));
-- next file
ALTER TABLE orders ADD CONSTRAINT k FOREIGN KEY (amount) REFERENCES customers NOT ENFORCED;
-- next file
ALTER TABLE orders ALTER CONSTRAINT k ENFORCED; -- found

-- case: not known (PostgreSQL 18)
ALTER TABLE orders ALTER CONSTRAINT k ENFORCED; -- found

-- case: not possible yet (PostgreSQL 17)
CREATE TABLE customers (id int PRIMARY KEY);
CREATE TABLE orders (id int PRIMARY KEY, amount int, note varchar(20));
-- next file
ALTER TABLE orders ADD CONSTRAINT k FOREIGN KEY (amount) REFERENCES customers NOT VALID;
-- next file
ALTER TABLE orders ALTER CONSTRAINT k ENFORCED; -- found

-- case: enforced already (PostgreSQL 18)
CREATE TABLE customers (id int PRIMARY KEY);
CREATE TABLE orders (id int PRIMARY KEY, amount int, note varchar(20));
-- next file
ALTER TABLE orders ADD CONSTRAINT k FOREIGN KEY (amount) REFERENCES customers NOT VALID;
-- next file
ALTER TABLE orders ALTER CONSTRAINT k ENFORCED;

-- case: no longer (PostgreSQL 18)
CREATE TABLE customers (id int PRIMARY KEY);
CREATE TABLE orders (id int PRIMARY KEY, amount int, note varchar(20));
-- next file
ALTER TABLE orders ADD CONSTRAINT k FOREIGN KEY (amount) REFERENCES customers NOT VALID;
-- next file
ALTER TABLE orders ALTER CONSTRAINT k NOT ENFORCED;

-- case: deferrable (PostgreSQL 18)
CREATE TABLE customers (id int PRIMARY KEY);
CREATE TABLE orders (id int PRIMARY KEY, amount int, note varchar(20));
-- next file
ALTER TABLE orders ADD CONSTRAINT k FOREIGN KEY (amount) REFERENCES customers NOT VALID;
-- next file
ALTER TABLE orders ALTER CONSTRAINT k DEFERRABLE;
