-- case: a check (PostgreSQL 18)
CREATE TABLE orders (id int PRIMARY KEY, amount int, note varchar(20));
-- next file
ALTER TABLE orders ADD COLUMN twice int GENERATED ALWAYS AS (amount * 2) VIRTUAL CHECK (twice > 0); -- found

-- case: NOT NULL (PostgreSQL 18)
CREATE TABLE orders (id int PRIMARY KEY, amount int, note varchar(20));
-- next file
ALTER TABLE orders ADD COLUMN twice int GENERATED ALWAYS AS (amount * 2) NOT NULL; -- found

-- case: without either (PostgreSQL 18)
CREATE TABLE orders (id int PRIMARY KEY, amount int, note varchar(20));
-- next file
ALTER TABLE orders ADD COLUMN twice int GENERATED ALWAYS AS (amount * 2) VIRTUAL;

-- case: a check that is not enforced (PostgreSQL 18)
CREATE TABLE orders (id int PRIMARY KEY, amount int, note varchar(20));
-- next file
ALTER TABLE orders ADD COLUMN twice int GENERATED ALWAYS AS (amount * 2) CHECK (twice > 0) NOT ENFORCED;

-- case: stored: the rewrite is said elsewhere
CREATE TABLE orders (id int PRIMARY KEY, amount int, note varchar(20));
-- next file
ALTER TABLE orders ADD COLUMN twice int GENERATED ALWAYS AS (amount * 2) STORED CHECK (twice > 0);
