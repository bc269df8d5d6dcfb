-- case: an int becomes a bigint
CREATE TABLE orders (id int PRIMARY KEY, amount int, note varchar(20));
-- next file
ALTER TABLE orders ALTER COLUMN amount TYPE bigint; -- found

-- case: text for a varchar
CREATE TABLE orders (id int PRIMARY KEY, note varchar(20));
-- next file
ALTER TABLE orders ALTER COLUMN note TYPE text;

-- case: a table of the same migration
CREATE TABLE orders (id int PRIMARY KEY, amount int);
ALTER TABLE orders ALTER COLUMN amount TYPE bigint;

-- case: a shorter varchar
CREATE TABLE orders (id int PRIMARY KEY, note varchar(20));
-- next file
ALTER TABLE orders ALTER COLUMN note TYPE varchar(10); -- found
