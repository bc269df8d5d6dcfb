-- case: the zone is not said
CREATE TABLE orders (id int PRIMARY KEY, c timestamp);
-- next file
ALTER TABLE orders ALTER COLUMN c TYPE timestamptz; -- found

-- case: back
CREATE TABLE orders (id int PRIMARY KEY, c timestamptz);
-- next file
ALTER TABLE orders ALTER COLUMN c TYPE timestamp; -- found

-- case: the zone is UTC
CREATE TABLE orders (id int PRIMARY KEY, c timestamp);
-- next file
SET LOCAL timezone = 'UTC';
ALTER TABLE orders ALTER COLUMN c TYPE timestamptz;

-- case: SET TIME ZONE
CREATE TABLE orders (id int PRIMARY KEY, c timestamp);
-- next file
SET TIME ZONE 'Etc/UTC';
ALTER TABLE orders ALTER COLUMN c TYPE timestamptz;

-- case: another zone
CREATE TABLE orders (id int PRIMARY KEY, c timestamp);
-- next file
SET LOCAL timezone = 'Europe/Berlin';
ALTER TABLE orders ALTER COLUMN c TYPE timestamptz; -- found

-- case: AT TIME ZONE
CREATE TABLE orders (id int PRIMARY KEY, c timestamp);
-- next file
SET LOCAL timezone = 'UTC';
ALTER TABLE orders ALTER COLUMN c TYPE timestamptz USING c AT TIME ZONE 'UTC'; -- found

-- case: the zone of an earlier transaction
CREATE TABLE orders (id int PRIMARY KEY, c timestamp);
-- next file
SET LOCAL timezone = 'UTC';
-- next file
ALTER TABLE orders ALTER COLUMN c TYPE timestamptz; -- found

-- case: more digits
CREATE TABLE orders (id int PRIMARY KEY, c timestamptz(3));
-- next file
ALTER TABLE orders ALTER COLUMN c TYPE timestamptz;

-- case: a table of the same migration
CREATE TABLE orders (c timestamp);
ALTER TABLE orders ALTER COLUMN c TYPE timestamptz;
