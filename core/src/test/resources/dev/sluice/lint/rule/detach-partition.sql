-- case: a table in use
CREATE TABLE m (id int, at date NOT NULL) PARTITION BY RANGE (at);
CREATE TABLE m1 PARTITION OF m FOR VALUES FROM ('2024-01-01') TO ('2025-01-01');
-- next file
ALTER TABLE m DETACH PARTITION m1; -- found

-- case: concurrently (no transaction)
CREATE TABLE m (id int, at date NOT NULL) PARTITION BY RANGE (at);
CREATE TABLE m1 PARTITION OF m FOR VALUES FROM ('2024-01-01') TO ('2025-01-01');
-- next file
ALTER TABLE m DETACH PARTITION m1 CONCURRENTLY;

-- case: concurrently with a default partition (no transaction)
CREATE TABLE m (id int, at date NOT NULL) PARTITION BY RANGE (at);
CREATE TABLE m1 PARTITION OF m FOR VALUES FROM ('2024-01-01') TO ('2025-01-01');
CREATE TABLE d PARTITION OF m DEFAULT;
-- next file
ALTER TABLE m DETACH PARTITION m1 CONCURRENTLY; -- found

-- case: a table of the same migration
CREATE TABLE m (id int, at date NOT NULL) PARTITION BY RANGE (at);
CREATE TABLE m1 PARTITION OF m FOR VALUES FROM ('2024-01-01') TO ('2025-01-01');
ALTER TABLE m DETACH PARTITION m1;
