-- case: a table in use
CREATE TABLE orders (id int);
-- next file
ALTER TABLE orders SET TABLESPACE fast; -- found
ALTER TABLE ALL IN TABLESPACE fast SET TABLESPACE slow; -- found

-- case: where it is
CREATE TABLE orders (id int);
-- next file
ALTER TABLE orders SET TABLESPACE pg_default;

-- case: a new table
CREATE TABLE orders (id int);
ALTER TABLE orders SET TABLESPACE fast;
