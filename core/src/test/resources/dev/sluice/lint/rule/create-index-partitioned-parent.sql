-- case: a partitioned table with partitions
CREATE TABLE m (id int, at date) PARTITION BY RANGE (at);
CREATE TABLE m1 PARTITION OF m FOR VALUES FROM ('2024-01-01') TO ('2025-01-01');
-- next file
CREATE INDEX ON m (id); -- found

-- case: on the parent alone
CREATE TABLE m (id int, at date) PARTITION BY RANGE (at);
CREATE TABLE m1 PARTITION OF m FOR VALUES FROM ('2024-01-01') TO ('2025-01-01');
-- next file
CREATE INDEX m_id ON ONLY m (id);

-- case: without partitions
CREATE TABLE m (id int, at date) PARTITION BY RANGE (at);
-- next file
CREATE INDEX ON m (id);

-- case: a partition alone
CREATE TABLE m (id int, at date) PARTITION BY RANGE (at);
CREATE TABLE m1 PARTITION OF m FOR VALUES FROM ('2024-01-01') TO ('2025-01-01');
-- next file
CREATE INDEX ON m1 (id);
