-- case: valid at once (PostgreSQL 18)
CREATE TABLE orders (id int PRIMARY KEY, amount int, note varchar(20));
-- next file
ALTER TABLE orders ADD CONSTRAINT filled NOT NULL amount; -- found

-- case: without a name (PostgreSQL 18)
CREATE TABLE orders (id int PRIMARY KEY, amount int, note varchar(20));
-- next file
ALTER TABLE orders ADD NOT NULL amount; -- found

-- case: not valid (PostgreSQL 18)
CREATE TABLE orders (id int PRIMARY KEY, amount int, note varchar(20));
-- next file
ALTER TABLE orders ADD CONSTRAINT filled NOT NULL amount NOT VALID;

-- case: NOT NULL already (PostgreSQL 18)
CREATE TABLE orders (id int PRIMARY KEY, amount int, note varchar(20));
-- next file
ALTER TABLE orders ADD CONSTRAINT filled NOT NULL id;

-- case: a valid check proves it (PostgreSQL 18)
CREATE TABLE orders (amount int CHECK (amount IS NOT NULL));
-- next file
ALTER TABLE orders ADD CONSTRAINT filled NOT NULL amount;

-- case: not possible yet (PostgreSQL 17)
CREATE TABLE orders (id int PRIMARY KEY, amount int, note varchar(20));
-- next file
ALTER TABLE orders ADD CONSTRAINT filled NOT NULL amount NOT VALID; -- found

-- case: a new table (PostgreSQL 18)
CREATE TABLE t (a int);
ALTER TABLE t ADD CONSTRAINT filled NOT NULL a;
