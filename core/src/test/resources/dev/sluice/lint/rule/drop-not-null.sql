-- case: in use
CREATE TABLE orders (id int PRIMARY KEY, amount int, note varchar(20));
-- next file
ALTER TABLE orders ALTER COLUMN id DROP NOT NULL; -- found

-- case: a plain column
CREATE TABLE orders (amount int NOT NULL);
-- next file
ALTER TABLE orders ALTER COLUMN amount DROP NOT NULL; -- found

-- case: not known
ALTER TABLE orders ALTER COLUMN amount DROP NOT NULL; -- found

-- case: NULL was possible before
CREATE TABLE orders (id int PRIMARY KEY, amount int, note varchar(20));
-- next file
ALTER TABLE orders ALTER COLUMN amount DROP NOT NULL;

-- case: a new table
CREATE TABLE t (a int NOT NULL);
ALTER TABLE t ALTER COLUMN a DROP NOT NULL;

-- case: a new column
CREATE TABLE orders (id int PRIMARY KEY, amount int, note varchar(20));
-- next file
ALTER TABLE orders ADD COLUMN c int NOT NULL DEFAULT 0;
ALTER TABLE orders ALTER COLUMN c DROP NOT NULL;
