-- case: no value
CREATE TABLE orders (id int PRIMARY KEY, amount int, note varchar(20));
-- next file
ALTER TABLE orders ADD COLUMN n int NOT NULL; -- found

-- case: NULL is no value
CREATE TABLE orders (id int PRIMARY KEY, amount int, note varchar(20));
-- next file
ALTER TABLE orders ADD COLUMN n int NOT NULL DEFAULT NULL; -- found

-- case: the table is not known
ALTER TABLE orders ADD n int NOT NULL; -- found

-- case: a default
CREATE TABLE orders (id int PRIMARY KEY, amount int, note varchar(20));
-- next file
ALTER TABLE orders ADD COLUMN n int NOT NULL DEFAULT 0;

-- case: a default of the domain
CREATE TABLE orders (id int PRIMARY KEY, amount int, note varchar(20));
-- next file
CREATE DOMAIN plain AS int DEFAULT 7;
ALTER TABLE orders ADD COLUMN n plain NOT NULL;

-- case: a generated column
CREATE TABLE orders (id int PRIMARY KEY, amount int, note varchar(20));
-- next file
ALTER TABLE orders ADD COLUMN n int NOT NULL GENERATED ALWAYS AS (amount + 1) STORED;

-- case: an identity column
CREATE TABLE orders (id int PRIMARY KEY, amount int, note varchar(20));
-- next file
ALTER TABLE orders ADD COLUMN n int NOT NULL GENERATED ALWAYS AS IDENTITY;

-- case: a serial
CREATE TABLE orders (id int PRIMARY KEY, amount int, note varchar(20));
-- next file
ALTER TABLE orders ADD COLUMN n serial NOT NULL;

-- case: can be NULL
CREATE TABLE orders (id int PRIMARY KEY, amount int, note varchar(20));
-- next file
ALTER TABLE orders ADD COLUMN n int;

-- case: there already
CREATE TABLE orders (id int PRIMARY KEY, amount int, note varchar(20));
-- next file
ALTER TABLE orders ADD COLUMN IF NOT EXISTS amount int NOT NULL;

-- case: the table is new
CREATE TABLE t (a int);
ALTER TABLE t ADD COLUMN n int NOT NULL;
