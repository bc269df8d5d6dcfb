-- case: bigserial
CREATE TABLE orders (id int PRIMARY KEY, amount int, note varchar(20));
-- next file
ALTER TABLE orders ADD COLUMN n bigserial; -- found

-- case: smallserial with NOT NULL
CREATE TABLE orders (id int PRIMARY KEY, amount int, note varchar(20));
-- next file
ALTER TABLE orders ADD COLUMN n smallserial NOT NULL; -- found

-- case: a default from a sequence
CREATE TABLE orders (id int PRIMARY KEY, amount int, note varchar(20));
-- next file
CREATE SEQUENCE s;
ALTER TABLE orders ADD COLUMN n bigint DEFAULT nextval('s'); -- found

-- case: the table is not known
ALTER TABLE orders ADD COLUMN n serial; -- found

-- case: the table is new
CREATE TABLE orders (note text);
ALTER TABLE orders ADD COLUMN n serial;

-- case: a table of that name in another schema is new
CREATE TABLE orders (id int PRIMARY KEY, amount int, note varchar(20));
-- next file
CREATE SCHEMA other;
CREATE TABLE other.orders (id int);
ALTER TABLE orders ADD COLUMN n serial; -- found

-- case: in its new column first, then the sequence
CREATE TABLE orders (id int PRIMARY KEY, amount int, note varchar(20));
-- next file
CREATE SEQUENCE s;
ALTER TABLE orders ADD COLUMN n bigint;
ALTER TABLE orders ALTER COLUMN n SET DEFAULT nextval('s');
