-- case: a schema
ALTER SCHEMA sales RENAME TO trade; -- found

-- case: a table
CREATE TABLE orders (id int);
-- next file
ALTER TABLE orders SET SCHEMA sales; -- found

-- case: a view stays
CREATE TABLE orders (id int);
-- next file
ALTER TABLE orders SET SCHEMA sales;
CREATE VIEW orders AS SELECT * FROM sales.orders;

-- case: new ones
CREATE SCHEMA sales;
CREATE TABLE orders (id int);
ALTER TABLE orders SET SCHEMA sales;
ALTER SCHEMA sales RENAME TO trade;
