-- case: nothing vouches for the rows
CREATE TABLE m (id int, at date NOT NULL) PARTITION BY RANGE (at);
CREATE TABLE m1 (id int, at date NOT NULL);
-- next file
ALTER TABLE m ATTACH PARTITION m1 FOR VALUES FROM ('2024-01-01') TO ('2025-01-01'); -- found

-- case: a valid check does
CREATE TABLE m (id int, at date NOT NULL) PARTITION BY RANGE (at);
CREATE TABLE m1 (id int, at date NOT NULL, CHECK (at >= '2024-01-01' AND at < '2025-01-01'));
-- next file
ALTER TABLE m ATTACH PARTITION m1 FOR VALUES FROM ('2024-01-01') TO ('2025-01-01');

-- case: one that is not valid does not
CREATE TABLE m (id int, at date NOT NULL) PARTITION BY RANGE (at);
CREATE TABLE m1 (id int, at date NOT NULL);
ALTER TABLE m1 ADD CHECK (at >= '2024-01-01' AND at < '2025-01-01') NOT VALID;
-- next file
ALTER TABLE m ATTACH PARTITION m1 FOR VALUES FROM ('2024-01-01') TO ('2025-01-01'); -- found

-- case: a list without NOT NULL
CREATE TABLE m (id int, kind text) PARTITION BY LIST (kind);
CREATE TABLE m1 (id int, kind text, CHECK (kind = 'a'));
-- next file
ALTER TABLE m ATTACH PARTITION m1 FOR VALUES IN ('a'); -- found

-- case: the partition is new
CREATE TABLE m (id int, at date NOT NULL) PARTITION BY RANGE (at);
-- next file
CREATE TABLE m1 (id int, at date NOT NULL);
ALTER TABLE m ATTACH PARTITION m1 FOR VALUES FROM ('2024-01-01') TO ('2025-01-01');

-- case: as the default partition, beside others and alone
CREATE TABLE m (id int, at date NOT NULL) PARTITION BY RANGE (at);
CREATE TABLE m1 (id int, at date NOT NULL);
CREATE TABLE m2 (id int, at date NOT NULL);
-- next file
ALTER TABLE m ATTACH PARTITION m1 DEFAULT;
-- next file
ALTER TABLE m DETACH PARTITION m1;
CREATE TABLE m3 PARTITION OF m FOR VALUES FROM ('2024-01-01') TO ('2025-01-01');
ALTER TABLE m ATTACH PARTITION m2 DEFAULT; -- found
