-- case: created (no transaction)
CREATE TABLE m (id int, at date) PARTITION BY RANGE (at);
-- next file
CREATE INDEX CONCURRENTLY m_id ON m (id); -- found

-- case: dropped (no transaction)
CREATE TABLE m (id int, at date) PARTITION BY RANGE (at);
CREATE INDEX m_id ON m (id);
-- next file
DROP INDEX CONCURRENTLY m_id; -- found

-- case: on a partition (no transaction)
CREATE TABLE m (id int, at date) PARTITION BY RANGE (at);
CREATE TABLE m1 PARTITION OF m FOR VALUES FROM ('2024-01-01') TO ('2025-01-01');
-- next file
CREATE INDEX CONCURRENTLY m1_id ON m1 (id);

-- case: an ordinary table (no transaction)
CREATE TABLE orders (id int);
-- next file
CREATE INDEX CONCURRENTLY i ON orders (id);
DROP INDEX CONCURRENTLY i;

-- case: REINDEX works (no transaction)
CREATE TABLE m (id int, at date) PARTITION BY RANGE (at);
-- next file
REINDEX TABLE CONCURRENTLY m;
