-- case: it lacks one
CREATE TABLE m (id int, at date NOT NULL) PARTITION BY RANGE (at);
CREATE INDEX ON m (id);
CREATE TABLE m1 (id int, at date NOT NULL, CHECK (at >= '2024-01-01' AND at < '2025-01-01'));
-- next file
ALTER TABLE m ATTACH PARTITION m1 FOR VALUES FROM ('2024-01-01') TO ('2025-01-01'); -- found

-- case: it has it
CREATE TABLE m (id int, at date NOT NULL) PARTITION BY RANGE (at);
CREATE INDEX ON m (id);
CREATE TABLE m1 (id int, at date NOT NULL, CHECK (at >= '2024-01-01' AND at < '2025-01-01'));
CREATE INDEX ON m1 (id);
-- next file
ALTER TABLE m ATTACH PARTITION m1 FOR VALUES FROM ('2024-01-01') TO ('2025-01-01');

-- case: the partition is new
CREATE TABLE m (id int, at date NOT NULL) PARTITION BY RANGE (at);
CREATE INDEX ON m (id);
-- next file
CREATE TABLE m1 (id int, at date NOT NULL);
ALTER TABLE m ATTACH PARTITION m1 FOR VALUES FROM ('2024-01-01') TO ('2025-01-01');
