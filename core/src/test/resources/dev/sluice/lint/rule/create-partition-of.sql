-- case: a table in use
CREATE TABLE m (id int, at date NOT NULL) PARTITION BY RANGE (at);
-- next file
CREATE TABLE m1 PARTITION OF m FOR VALUES FROM ('2024-01-01') TO ('2025-01-01'); -- found

-- case: with a default partition
CREATE TABLE m (id int, at date NOT NULL) PARTITION BY RANGE (at);
CREATE TABLE d PARTITION OF m DEFAULT;
-- next file
CREATE TABLE m1 PARTITION OF m FOR VALUES FROM ('2024-01-01') TO ('2025-01-01'); -- found

-- case: a table that no script made
CREATE TABLE m1 PARTITION OF m FOR VALUES FROM ('2024-01-01') TO ('2025-01-01'); -- found

-- case: a new table
CREATE TABLE m (id int, at date NOT NULL) PARTITION BY RANGE (at);
CREATE TABLE m1 PARTITION OF m FOR VALUES FROM ('2024-01-01') TO ('2025-01-01');

-- case: it is there
CREATE TABLE m (id int, at date NOT NULL) PARTITION BY RANGE (at);
CREATE TABLE m1 PARTITION OF m FOR VALUES FROM ('2024-01-01') TO ('2025-01-01');
-- next file
CREATE TABLE IF NOT EXISTS m1 PARTITION OF m FOR VALUES FROM ('2024-01-01') TO ('2025-01-01');
