-- case: no ANALYZE
CREATE TABLE orders (id int PRIMARY KEY, c varchar(20));
-- next file
ALTER TABLE orders ALTER COLUMN c TYPE text; -- found

-- case: ANALYZE of another table
CREATE TABLE orders (id int PRIMARY KEY, c varchar(20));
-- next file
ALTER TABLE orders ALTER COLUMN c TYPE text; -- found
ANALYZE other;

-- case: ANALYZE after it
CREATE TABLE orders (id int PRIMARY KEY, c varchar(20));
-- next file
ALTER TABLE orders ALTER COLUMN c TYPE text;
ANALYZE orders (c);

-- case: ANALYZE of everything
CREATE TABLE orders (id int PRIMARY KEY, c varchar(20));
-- next file
ALTER TABLE orders ALTER COLUMN c TYPE text;
ANALYZE;

-- case: ANALYZE before it
CREATE TABLE orders (id int PRIMARY KEY, c varchar(20));
-- next file
ANALYZE orders;
ALTER TABLE orders ALTER COLUMN c TYPE text; -- found

-- case: a new table
CREATE TABLE t (c varchar(20));
ALTER TABLE t ALTER COLUMN c TYPE text;
