-- case: with DROP COLUMN
CREATE TABLE orders (id int PRIMARY KEY, amount int, note varchar(20));
-- next file
ALTER TABLE orders ADD CONSTRAINT positive CHECK (amount > 0) NOT VALID;
-- next file
ALTER TABLE orders DROP COLUMN note, VALIDATE CONSTRAINT positive; -- found

-- case: with the constraint
CREATE TABLE orders (id int PRIMARY KEY, amount int, note varchar(20));
-- next file
ALTER TABLE orders ADD CONSTRAINT positive CHECK (amount > 0) NOT VALID, VALIDATE CONSTRAINT positive; -- found

-- case: not known
ALTER TABLE orders DROP COLUMN note, VALIDATE CONSTRAINT positive; -- found

-- case: alone
CREATE TABLE orders (id int PRIMARY KEY, amount int, note varchar(20));
-- next file
ALTER TABLE orders ADD CONSTRAINT positive CHECK (amount > 0) NOT VALID;
-- next file
ALTER TABLE orders VALIDATE CONSTRAINT positive;

-- case: with another VALIDATE
CREATE TABLE orders (id int PRIMARY KEY, amount int, note varchar(20));
-- next file
ALTER TABLE orders ADD CONSTRAINT positive CHECK (amount > 0) NOT VALID, ADD CONSTRAINT other CHECK (id > 0) NOT VALID;
-- next file
ALTER TABLE orders VALIDATE CONSTRAINT positive, VALIDATE CONSTRAINT other;

-- case: with SET STATISTICS
CREATE TABLE orders (id int PRIMARY KEY, amount int, note varchar(20));
-- next file
ALTER TABLE orders ADD CONSTRAINT positive CHECK (amount > 0) NOT VALID;
-- next file
ALTER TABLE orders VALIDATE CONSTRAINT positive, ALTER COLUMN note SET STATISTICS 100;
