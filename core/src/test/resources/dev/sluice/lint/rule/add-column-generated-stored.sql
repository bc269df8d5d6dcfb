-- case: stored
CREATE TABLE orders (id int PRIMARY KEY, amount int, note varchar(20));
-- next file
ALTER TABLE orders ADD COLUMN twice int GENERATED ALWAYS AS (amount * 2) STORED; -- found

-- case: the table is not known
ALTER TABLE orders ADD COLUMN twice int GENERATED ALWAYS AS (amount * 2) STORED; -- found

-- case: virtual (PostgreSQL 18)
CREATE TABLE orders (id int PRIMARY KEY, amount int, note varchar(20));
-- next file
ALTER TABLE orders ADD COLUMN twice int GENERATED ALWAYS AS (amount * 2) VIRTUAL;

-- case: virtual without the word (PostgreSQL 18)
CREATE TABLE orders (id int PRIMARY KEY, amount int, note varchar(20));
-- next file
ALTER TABLE orders ADD COLUMN twice int GENERATED ALWAYS AS (amount * 2);

-- case: the table is new
CREATE TABLE t (a int);
ALTER TABLE t ADD COLUMN twice int GENERATED ALWAYS AS (a * 2) STORED;

-- case: identity is another thing
CREATE TABLE orders (id int PRIMARY KEY, amount int, note varchar(20));
-- next file
ALTER TABLE orders ADD COLUMN n int GENERATED ALWAYS AS IDENTITY;
