-- case: in use
CREATE TABLE orders (id int PRIMARY KEY, amount int, note varchar(20));
-- next file
ALTER TABLE orders RENAME COLUMN note TO remark; -- found

-- case: without the word COLUMN
CREATE TABLE orders (id int PRIMARY KEY, amount int, note varchar(20));
-- next file
ALTER TABLE orders RENAME note TO remark; -- found

-- case: not known
ALTER TABLE shop.orders RENAME COLUMN note TO remark; -- found

-- case: a new table
CREATE TABLE t (a int);
ALTER TABLE t RENAME COLUMN a TO b;

-- case: a new table in another schema
CREATE TABLE orders (id int PRIMARY KEY, amount int, note varchar(20));
-- next file
CREATE SCHEMA other;
CREATE TABLE other.orders (note int);
ALTER TABLE orders RENAME COLUMN note TO remark; -- found

-- case: a new column
CREATE TABLE orders (id int PRIMARY KEY, amount int, note varchar(20));
-- next file
ALTER TABLE orders ADD COLUMN c int;
ALTER TABLE orders RENAME COLUMN c TO d;

-- case: the old name comes back
CREATE TABLE orders (id int PRIMARY KEY, amount int, note varchar(20));
-- next file
ALTER TABLE orders RENAME COLUMN note TO remark;
ALTER TABLE orders ADD COLUMN note text GENERATED ALWAYS AS (remark) STORED;

-- case: a constraint
CREATE TABLE orders (id int PRIMARY KEY, amount int, note varchar(20));
-- next file
ALTER TABLE orders RENAME CONSTRAINT orders_pkey TO k;

-- case: a table
CREATE TABLE orders (id int PRIMARY KEY, amount int, note varchar(20));
-- next file
ALTER TABLE orders RENAME TO purchases;
