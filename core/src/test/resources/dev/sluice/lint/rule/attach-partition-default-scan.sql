-- case: a default partition
CREATE TABLE m (id int, at date NOT NULL) PARTITION BY RANGE (at);
CREATE TABLE d PARTITION OF m DEFAULT;
-- next file
CREATE TABLE m1 (id int, at date NOT NULL);
ALTER TABLE m ATTACH PARTITION m1 FOR VALUES FROM ('2024-01-01') TO ('2025-01-01'); -- found

-- case: a check says that it has no such rows
CREATE TABLE m (id int, at date NOT NULL) PARTITION BY RANGE (at);
CREATE TABLE d PARTITION OF m DEFAULT;
ALTER TABLE d ADD CHECK (NOT (at >= '2024-01-01' AND at < '2025-01-01'));
-- next file
CREATE TABLE m1 (id int, at date NOT NULL);
ALTER TABLE m ATTACH PARTITION m1 FOR VALUES FROM ('2024-01-01') TO ('2025-01-01');

-- case: none
CREATE TABLE m (id int, at date NOT NULL) PARTITION BY RANGE (at);
-- next file
CREATE TABLE m1 (id int, at date NOT NULL);
ALTER TABLE m ATTACH PARTITION m1 FOR VALUES FROM ('2024-01-01') TO ('2025-01-01');
