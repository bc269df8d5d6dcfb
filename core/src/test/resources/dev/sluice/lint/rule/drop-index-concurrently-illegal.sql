-- case: several (no transaction)
CREATE TABLE orders (id int, amount int);
CREATE INDEX i ON orders (amount);
CREATE INDEX j ON orders (id);
-- next file
DROP INDEX CONCURRENTLY i, j; -- found

-- case: with CASCADE (no transaction)
CREATE TABLE orders (id int, amount int);
CREATE INDEX i ON orders (amount);
-- next file
DROP INDEX CONCURRENTLY i CASCADE; -- found

-- case: of a constraint
CREATE TABLE orders (id int PRIMARY KEY);
-- next file
DROP INDEX orders_pkey; -- found

-- case: of a partition
CREATE TABLE m (id int, at date) PARTITION BY RANGE (at);
CREATE TABLE m1 PARTITION OF m FOR VALUES FROM ('2024-01-01') TO ('2025-01-01');
CREATE INDEX m_id ON m (id);
-- next file
DROP INDEX m1_id_idx; -- found

-- case: one (no transaction)
CREATE TABLE orders (id int, amount int);
CREATE INDEX i ON orders (amount);
-- next file
DROP INDEX CONCURRENTLY i;

-- case: several without CONCURRENTLY
CREATE TABLE orders (id int, amount int);
CREATE INDEX i ON orders (amount);
CREATE INDEX j ON orders (id);
-- next file
DROP INDEX i, j;
