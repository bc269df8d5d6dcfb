-- case: with a check
CREATE DOMAIN positive AS int CHECK (VALUE > 0);
CREATE TABLE orders (id int PRIMARY KEY, amount int, note varchar(20));
-- next file
ALTER TABLE orders ADD COLUMN n positive; -- found

-- case: with a default
CREATE DOMAIN positive AS int CHECK (VALUE > 0);
CREATE TABLE orders (id int PRIMARY KEY, amount int, note varchar(20));
-- next file
ALTER TABLE orders ADD COLUMN n positive DEFAULT 1; -- found

-- case: NOT NULL
CREATE TABLE orders (id int PRIMARY KEY, amount int, note varchar(20));
-- next file
CREATE DOMAIN filled AS text NOT NULL;
ALTER TABLE orders ADD COLUMN n filled DEFAULT 'x'; -- found

-- case: a constraint that the domain got later
CREATE DOMAIN plain AS int;
CREATE TABLE orders (id int PRIMARY KEY, amount int, note varchar(20));
-- next file
ALTER DOMAIN plain ADD CHECK (VALUE > 0);
ALTER TABLE orders ADD COLUMN n plain; -- found

-- case: without constraints
CREATE TABLE orders (id int PRIMARY KEY, amount int, note varchar(20));
-- next file
CREATE DOMAIN plain AS int;
ALTER TABLE orders ADD COLUMN n plain;

-- case: only a default
CREATE TABLE orders (id int PRIMARY KEY, amount int, note varchar(20));
-- next file
CREATE DOMAIN plain AS int DEFAULT 7;
ALTER TABLE orders ADD COLUMN n plain;

-- case: a domain of that name in another schema
CREATE TABLE orders (id int PRIMARY KEY, amount int, note varchar(20));
-- next file
CREATE SCHEMA other;
CREATE DOMAIN other.plain AS int CHECK (VALUE > 0);
CREATE DOMAIN plain AS int;
ALTER TABLE orders ADD COLUMN n plain;

-- case: the table is new
CREATE DOMAIN positive AS int CHECK (VALUE > 0);
CREATE TABLE t (a int);
ALTER TABLE t ADD COLUMN n positive;
