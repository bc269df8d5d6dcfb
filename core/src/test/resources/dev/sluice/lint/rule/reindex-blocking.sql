-- case: an index
CREATE TABLE orders (id int PRIMARY KEY);
-- next file
REINDEX INDEX orders_pkey; -- found

-- case: a table (no transaction)
CREATE TABLE orders (id int PRIMARY KEY);
-- next file
REINDEX TABLE orders; -- found

-- case: concurrently (no transaction)
CREATE TABLE orders (id int PRIMARY KEY);
-- next file
REINDEX TABLE CONCURRENTLY orders;
REINDEX (CONCURRENTLY) INDEX orders_pkey;

-- case: an index that no script made
REINDEX INDEX i; -- found

-- case: a table of the same migration
CREATE TABLE orders (id int PRIMARY KEY);
REINDEX TABLE orders;
