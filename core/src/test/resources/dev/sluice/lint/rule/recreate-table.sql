-- case: a table in use
CREATE TABLE orders (id int);
-- next file
DROP TABLE orders; -- found
CREATE TABLE orders (id bigint);

-- case: IF EXISTS
DROP TABLE IF EXISTS orders; -- found
CREATE TABLE orders (id bigint);

-- case: another name
CREATE TABLE orders (id int);
-- next file
DROP TABLE orders;
CREATE TABLE bills (id bigint);

-- case: a temporary table
CREATE TABLE orders (id int);
CREATE TEMP TABLE work (id int);
DROP TABLE work;
CREATE TEMP TABLE work (id int);
