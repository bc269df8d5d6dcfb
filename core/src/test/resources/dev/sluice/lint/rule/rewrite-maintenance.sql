-- case: tables in use (no transaction)
CREATE TABLE orders (id int PRIMARY KEY);
-- next file
VACUUM FULL orders; -- found
CLUSTER orders USING orders_pkey; -- found
CLUSTER; -- found
VACUUM FULL; -- found

-- case: a table that no script made (no transaction)
VACUUM (FULL, ANALYZE) orders; -- found

-- case: the usual (no transaction)
CREATE TABLE orders (id int PRIMARY KEY);
-- next file
VACUUM orders;
VACUUM (FULL false) orders;
ANALYZE orders;

-- case: a new table
CREATE TABLE orders (id int PRIMARY KEY);
CLUSTER orders USING orders_pkey;
