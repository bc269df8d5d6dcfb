-- case: a constraint waits (PostgreSQL 18)
CREATE TABLE orders (id int PRIMARY KEY, amount int, note varchar(20));
-- next file
ALTER TABLE orders ADD CONSTRAINT filled NOT NULL amount NOT VALID;
-- next file
ALTER TABLE orders ALTER COLUMN amount SET NOT NULL; -- found

-- case: it was validated (PostgreSQL 18)
CREATE TABLE orders (id int PRIMARY KEY, amount int, note varchar(20));
-- next file
ALTER TABLE orders ADD CONSTRAINT filled NOT NULL amount NOT VALID;
-- next file
ALTER TABLE orders VALIDATE CONSTRAINT filled;
-- next file
ALTER TABLE orders ALTER COLUMN amount SET NOT NULL;

-- case: none waits (PostgreSQL 18)
CREATE TABLE orders (id int PRIMARY KEY, amount int, note varchar(20));
-- next file
ALTER TABLE orders ALTER COLUMN amount SET NOT NULL;

-- case: one of another column (PostgreSQL 18)
CREATE TABLE orders (id int PRIMARY KEY, amount int, note varchar(20));
-- next file
ALTER TABLE orders ADD CONSTRAINT filled NOT NULL note NOT VALID;
-- next file
ALTER TABLE orders ALTER COLUMN amount SET NOT NULL;
