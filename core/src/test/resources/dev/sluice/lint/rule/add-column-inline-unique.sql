-- case: without a default
CREATE TABLE orders (id int PRIMARY KEY, amount int, note varchar(20));
-- next file
ALTER TABLE orders ADD COLUMN code text UNIQUE; -- found

-- case: DEFAULT NULL
CREATE TABLE orders (id int PRIMARY KEY, amount int, note varchar(20));
-- next file
ALTER TABLE orders ADD COLUMN code text DEFAULT NULL UNIQUE; -- found

-- case: the table is not known
ALTER TABLE orders ADD COLUMN code text CONSTRAINT u UNIQUE; -- found

-- case: the table is new
CREATE TABLE t (a int);
ALTER TABLE t ADD COLUMN code text UNIQUE;

-- case: there already
CREATE TABLE orders (id int PRIMARY KEY, amount int, note varchar(20));
-- next file
ALTER TABLE orders ADD COLUMN IF NOT EXISTS note text UNIQUE;

-- case: not unique
CREATE TABLE orders (id int PRIMARY KEY, amount int, note varchar(20));
-- next file
ALTER TABLE orders ADD COLUMN code text;
