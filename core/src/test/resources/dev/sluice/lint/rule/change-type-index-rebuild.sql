-- case: text becomes citext
CREATE TABLE orders (id int PRIMARY KEY, c text);
CREATE INDEX ON orders (c);
-- next file
ALTER TABLE orders ALTER COLUMN c TYPE citext; -- found

-- case: another collation
CREATE TABLE orders (id int PRIMARY KEY, c text);
CREATE INDEX ON orders (c);
-- next file
ALTER TABLE orders ALTER COLUMN c TYPE text COLLATE "C"; -- found

-- case: an index on an expression
CREATE TABLE orders (id int PRIMARY KEY, c varchar(20));
CREATE INDEX ON orders (lower(c));
-- next file
ALTER TABLE orders ALTER COLUMN c TYPE text; -- found

-- case: the condition of an index
CREATE TABLE orders (id int PRIMARY KEY, c varchar(20));
CREATE INDEX ON orders (id) WHERE c = 'x';
-- next file
ALTER TABLE orders ALTER COLUMN c TYPE text; -- found

-- case: timestamps in UTC
CREATE TABLE orders (id int PRIMARY KEY, c timestamp);
CREATE INDEX ON orders (c);
-- next file
SET LOCAL timezone = 'UTC';
ALTER TABLE orders ALTER COLUMN c TYPE timestamptz; -- found

-- case: varchar becomes text
CREATE TABLE orders (id int PRIMARY KEY, c varchar(20));
CREATE INDEX ON orders (c);
-- next file
ALTER TABLE orders ALTER COLUMN c TYPE text;

-- case: no index
CREATE TABLE orders (id int PRIMARY KEY, c text);
-- next file
ALTER TABLE orders ALTER COLUMN c TYPE citext;

-- case: the rewrite has more to say
CREATE TABLE orders (id int PRIMARY KEY, c int);
CREATE INDEX ON orders (c);
-- next file
ALTER TABLE orders ALTER COLUMN c TYPE bigint;
