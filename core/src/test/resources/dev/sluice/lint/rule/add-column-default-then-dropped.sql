-- case: in the next statement
CREATE TABLE orders (id int PRIMARY KEY, amount int, note varchar(20));
-- next file
ALTER TABLE orders ADD COLUMN state text NOT NULL DEFAULT 'new'; -- found
ALTER TABLE orders ALTER COLUMN state DROP DEFAULT;

-- case: without a transaction (no transaction)
CREATE TABLE orders (id int PRIMARY KEY, amount int, note varchar(20));
-- next file
ALTER TABLE orders ADD COLUMN state text NOT NULL DEFAULT 'new'; -- found
ALTER TABLE orders ALTER COLUMN state DROP DEFAULT;

-- case: in a later migration
CREATE TABLE orders (id int PRIMARY KEY, amount int, note varchar(20));
-- next file
ALTER TABLE orders ADD COLUMN state text NOT NULL DEFAULT 'new';
-- next file
ALTER TABLE orders ALTER COLUMN state DROP DEFAULT;

-- case: the column can be NULL
CREATE TABLE orders (id int PRIMARY KEY, amount int, note varchar(20));
-- next file
ALTER TABLE orders ADD COLUMN state text DEFAULT 'new';
ALTER TABLE orders ALTER COLUMN state DROP DEFAULT;

-- case: another column, another table
CREATE TABLE t (state text);
CREATE TABLE orders (id int PRIMARY KEY, amount int, note varchar(20));
-- next file
ALTER TABLE orders ADD COLUMN state text NOT NULL DEFAULT 'new';
ALTER TABLE orders ALTER COLUMN note DROP DEFAULT;
ALTER TABLE t ALTER COLUMN state DROP DEFAULT;

-- case: another default
CREATE TABLE orders (id int PRIMARY KEY, amount int, note varchar(20));
-- next file
ALTER TABLE orders ADD COLUMN state text NOT NULL DEFAULT 'new';
ALTER TABLE orders ALTER COLUMN state SET DEFAULT 'old';
