-- case: a valid check
CREATE TABLE orders (id int PRIMARY KEY, c varchar(20) CHECK (c <> ''));
-- next file
ALTER TABLE orders ALTER COLUMN c TYPE text; -- found

-- case: the same type again
CREATE TABLE orders (id int PRIMARY KEY, c varchar(20) CHECK (c <> ''));
-- next file
ALTER TABLE orders ALTER COLUMN c TYPE varchar(20); -- found

-- case: a check that is not valid
CREATE TABLE orders (id int PRIMARY KEY, c varchar(20));
ALTER TABLE orders ADD CHECK (c <> '') NOT VALID;
-- next file
ALTER TABLE orders ALTER COLUMN c TYPE text;

-- case: a check on another column
CREATE TABLE orders (id int PRIMARY KEY, c varchar(20), d int CHECK (d > 0));
-- next file
ALTER TABLE orders ALTER COLUMN c TYPE text;

-- case: the rewrite has more to say
CREATE TABLE orders (id int PRIMARY KEY, c int CHECK (c > 0));
-- next file
ALTER TABLE orders ALTER COLUMN c TYPE bigint;

-- case: no check
CREATE TABLE orders (id int PRIMARY KEY, c varchar(20));
-- next file
ALTER TABLE orders ALTER COLUMN c TYPE text;
