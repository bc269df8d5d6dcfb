-- case: none
CREATE TABLE a (id bigint, note text); -- found
CREATE TABLE b (LIKE a); -- found

-- case: there, or right after
CREATE TABLE a (id bigint PRIMARY KEY);
CREATE TABLE b (x int, y int, PRIMARY KEY (x, y));
CREATE TABLE c (id bigint);
ALTER TABLE ONLY c ADD CONSTRAINT c_pkey PRIMARY KEY (id);
CREATE TABLE d (LIKE a INCLUDING ALL);

-- case: partitions, temporary tables, IF NOT EXISTS
CREATE TABLE m (id int, at date, PRIMARY KEY (id, at)) PARTITION BY RANGE (at);
CREATE TABLE m1 PARTITION OF m FOR VALUES FROM ('2024-01-01') TO ('2025-01-01');
CREATE TEMP TABLE work (id int);
-- next file
CREATE TABLE IF NOT EXISTS m (id int);
