-- case: a table in use
CREATE TABLE orders (id int);
-- next file
ALTER TABLE orders RENAME TO bills; -- found

-- case: a view with the old name
CREATE TABLE orders (id int);
-- next file
ALTER TABLE orders RENAME TO bills;
CREATE VIEW orders AS SELECT * FROM bills;

-- case: the view comes in another transaction (no transaction)
CREATE TABLE orders (id int);
-- next file
ALTER TABLE orders RENAME TO bills; -- found
CREATE VIEW orders AS SELECT * FROM bills;

-- case: another table takes the name
CREATE TABLE orders (id int);
-- next file
CREATE TABLE orders_new (id bigint);
ALTER TABLE orders RENAME TO orders_old;
ALTER TABLE orders_new RENAME TO orders;

-- case: a new table
CREATE TABLE orders (id int);
ALTER TABLE orders RENAME TO bills;

-- case: a table that no script made
ALTER TABLE orders RENAME TO bills; -- found

-- case: an index
CREATE TABLE orders (id int);
CREATE INDEX i ON orders (id);
-- next file
ALTER INDEX i RENAME TO j;
ALTER TABLE j RENAME TO k;
