-- case: partitions
CREATE TABLE m (id int, at date NOT NULL) PARTITION BY RANGE (at);
CREATE TABLE m1 PARTITION OF m FOR VALUES FROM ('2024-01-01') TO ('2025-01-01');
-- next file
ALTER TABLE m ADD COLUMN a int; -- found

-- case: inheriting tables
CREATE TABLE m (id int);
CREATE TABLE m1 () INHERITS (m);
-- next file
ALTER TABLE m ADD COLUMN a int; -- found

-- case: none
CREATE TABLE m (id int, at date NOT NULL) PARTITION BY RANGE (at);
-- next file
ALTER TABLE m ADD COLUMN a int;

-- case: one partition, and what concerns the table alone
CREATE TABLE m (id int, at date NOT NULL) PARTITION BY RANGE (at);
CREATE TABLE m1 PARTITION OF m FOR VALUES FROM ('2024-01-01') TO ('2025-01-01');
-- next file
ALTER TABLE m1 ALTER COLUMN id SET DEFAULT 7;
ALTER TABLE m ENABLE ROW LEVEL SECURITY;
