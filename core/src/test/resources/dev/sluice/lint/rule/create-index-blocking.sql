-- case: a table in use
CREATE TABLE orders (id int PRIMARY KEY, amount int);
-- next file
CREATE INDEX ON orders (amount); -- found

-- case: concurrently
CREATE TABLE orders (id int PRIMARY KEY, amount int);
-- next file
CREATE INDEX CONCURRENTLY ON orders (amount);

-- case: a table of the same migration
CREATE TABLE orders (id int PRIMARY KEY, amount int);
CREATE INDEX ON orders (amount);

-- case: a table of the same name in another schema is new
CREATE TABLE orders (id int PRIMARY KEY, amount int);
-- next file
CREATE SCHEMA other;
CREATE TABLE other.orders (id int PRIMARY KEY, amount int);
CREATE INDEX ON orders (amount); -- found

-- case: the index comes before the table of its name in another schema
CREATE TABLE orders (id int PRIMARY KEY, amount int);
-- next file
CREATE INDEX ON orders (amount); -- found
CREATE SCHEMA other;
CREATE TABLE other.orders (id int PRIMARY KEY, amount int);

-- case: IF NOT EXISTS does not make a table new
CREATE TABLE orders (id int PRIMARY KEY, amount int);
-- next file
CREATE TABLE IF NOT EXISTS orders (id int PRIMARY KEY, amount int);
CREATE INDEX ON orders (amount); -- found

-- case: a temporary table
CREATE TEMP TABLE work (id int);
-- next file
CREATE INDEX ON work (id);

-- case: a table that no script made
CREATE INDEX ON orders (amount); -- found

-- case: on the partitioned table alone
CREATE TABLE m (id int, at date) PARTITION BY RANGE (at);
CREATE TABLE m1 PARTITION OF m FOR VALUES FROM ('2024-01-01') TO ('2025-01-01');
-- next file
CREATE INDEX m_id ON ONLY m (id);
