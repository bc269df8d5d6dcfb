-- case: an int becomes a bigint
CREATE TABLE orders (id int PRIMARY KEY, c int);
-- next file
ALTER TABLE orders ALTER COLUMN c TYPE bigint; -- found

-- case: text becomes jsonb
CREATE TABLE orders (id int PRIMARY KEY, c text);
-- next file
ALTER TABLE orders ALTER COLUMN c TYPE jsonb USING c::jsonb; -- found

-- case: varchar becomes text
CREATE TABLE orders (id int PRIMARY KEY, c varchar(20));
-- next file
ALTER TABLE orders ALTER COLUMN c TYPE text;

-- case: a longer varchar
CREATE TABLE orders (id int PRIMARY KEY, c varchar(20));
-- next file
ALTER TABLE orders ALTER COLUMN c TYPE varchar(40);

-- case: the table is new
CREATE TABLE t (c int);
ALTER TABLE t ALTER COLUMN c TYPE bigint;
