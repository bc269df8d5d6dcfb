-- case: a table in use
CREATE TABLE orders (id int);
-- next file
ALTER TABLE orders SET ACCESS METHOD columnar; -- found

-- case: what it has
CREATE TABLE orders (id int);
-- next file
ALTER TABLE orders SET ACCESS METHOD heap;

-- case: a new table
CREATE TABLE orders (id int);
ALTER TABLE orders SET ACCESS METHOD columnar;
