-- case: another default
CREATE TABLE orders (id int, state text NOT NULL DEFAULT 'new', note text DEFAULT '');
-- next file
ALTER TABLE orders ALTER COLUMN state SET DEFAULT 'open'; -- found

-- case: no default any more
CREATE TABLE orders (id int, state text NOT NULL DEFAULT 'new', note text DEFAULT '');
-- next file
ALTER TABLE orders ALTER COLUMN state DROP DEFAULT; -- found

-- case: no default any more, NULL is possible
CREATE TABLE orders (id int, state text NOT NULL DEFAULT 'new', note text DEFAULT '');
-- next file
ALTER TABLE orders ALTER COLUMN note DROP DEFAULT; -- found

-- case: not known
ALTER TABLE orders ALTER COLUMN state DROP DEFAULT; -- found

-- case: the same default
CREATE TABLE orders (id int, state text NOT NULL DEFAULT 'new', note text DEFAULT '');
-- next file
ALTER TABLE orders ALTER COLUMN state SET DEFAULT 'new';

-- case: none before
CREATE TABLE orders (id int PRIMARY KEY, amount int, note varchar(20));
-- next file
ALTER TABLE orders ALTER COLUMN amount SET DEFAULT 0;

-- case: none before, none after
CREATE TABLE orders (id int PRIMARY KEY, amount int, note varchar(20));
-- next file
ALTER TABLE orders ALTER COLUMN amount DROP DEFAULT;

-- case: a new column
CREATE TABLE orders (id int PRIMARY KEY, amount int, note varchar(20));
-- next file
ALTER TABLE orders ADD COLUMN c uuid;
ALTER TABLE orders ALTER COLUMN c SET DEFAULT gen_random_uuid();

-- case: of a table that is not known
ALTER TABLE orders ALTER COLUMN c SET DEFAULT 1;

-- case: a new table
CREATE TABLE t (state text NOT NULL DEFAULT 'x');
ALTER TABLE t ALTER COLUMN state DROP DEFAULT;
