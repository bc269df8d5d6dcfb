-- case: a partition
CREATE TABLE m (id int, at date NOT NULL) PARTITION BY RANGE (at);
CREATE TABLE m1 PARTITION OF m FOR VALUES FROM ('2024-01-01') TO ('2025-01-01');
-- next file
DROP TABLE m1; -- found

-- case: detached before
CREATE TABLE m (id int, at date NOT NULL) PARTITION BY RANGE (at);
CREATE TABLE m1 PARTITION OF m FOR VALUES FROM ('2024-01-01') TO ('2025-01-01');
ALTER TABLE m DETACH PARTITION m1;
-- next file
DROP TABLE m1;

-- case: a table
CREATE TABLE orders (id int);
-- next file
DROP TABLE orders;
