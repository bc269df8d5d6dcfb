-- case: a table in use
CREATE TABLE orders (id int);
-- next file
ALTER TABLE orders REPLICA IDENTITY FULL; -- found

-- case: a new table
CREATE TABLE orders (id int);
ALTER TABLE orders REPLICA IDENTITY FULL;
