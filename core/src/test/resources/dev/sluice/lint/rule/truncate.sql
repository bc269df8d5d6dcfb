-- case: a table in use
CREATE TABLE orders (id int);
-- next file
TRUNCATE orders; -- found

-- case: a table that no script made
TRUNCATE TABLE orders; -- found

-- case: a new one, a temporary one
CREATE TABLE orders (id int);
CREATE TEMP TABLE work (id int);
TRUNCATE orders, work;
