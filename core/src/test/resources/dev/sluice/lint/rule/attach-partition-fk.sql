-- case: the partition lacks the key
CREATE TABLE people (id int PRIMARY KEY);
CREATE TABLE m (id int REFERENCES people, at date NOT NULL) PARTITION BY RANGE (at);
CREATE TABLE m1 (id int, at date NOT NULL, CHECK (at >= '2024-01-01' AND at < '2025-01-01'));
-- next file
ALTER TABLE m ATTACH PARTITION m1 FOR VALUES FROM ('2024-01-01') TO ('2025-01-01'); -- found

-- case: the partition has the key
CREATE TABLE people (id int PRIMARY KEY);
CREATE TABLE m (id int REFERENCES people, at date NOT NULL) PARTITION BY RANGE (at);
CREATE TABLE m1 (id int REFERENCES people, at date NOT NULL);
-- next file
ALTER TABLE m ATTACH PARTITION m1 FOR VALUES FROM ('2024-01-01') TO ('2025-01-01'); -- found

-- case: no key
CREATE TABLE m (id int, at date NOT NULL) PARTITION BY RANGE (at);
CREATE TABLE m1 (id int, at date NOT NULL);
-- next file
ALTER TABLE m ATTACH PARTITION m1 FOR VALUES FROM ('2024-01-01') TO ('2025-01-01');
