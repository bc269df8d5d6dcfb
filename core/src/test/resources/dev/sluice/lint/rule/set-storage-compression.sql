-- case: storage
CREATE TABLE orders (id int PRIMARY KEY, amount int, note varchar(20));
-- next file
ALTER TABLE orders ALTER COLUMN note SET STORAGE EXTERNAL; -- found

-- case: compression
CREATE TABLE orders (id int PRIMARY KEY, amount int, note varchar(20));
-- next file
ALTER TABLE orders ALTER COLUMN note SET COMPRESSION lz4; -- found

-- case: not known
ALTER TABLE orders ALTER COLUMN note SET COMPRESSION lz4; -- found

-- case: a new table
CREATE TABLE t (note text);
ALTER TABLE t ALTER COLUMN note SET COMPRESSION lz4;

-- case: statistics
CREATE TABLE orders (id int PRIMARY KEY, amount int, note varchar(20));
-- next file
ALTER TABLE orders ALTER COLUMN note SET STATISTICS 500;
