-- case: a table in use
CREATE TABLE orders (id int);
-- next file
ALTER TABLE orders SET UNLOGGED; -- found

-- case: what it is already
CREATE TABLE orders (id int);
-- next file
ALTER TABLE orders SET LOGGED;

-- case: a new table
CREATE UNLOGGED TABLE orders (id int);
ALTER TABLE orders SET LOGGED;
