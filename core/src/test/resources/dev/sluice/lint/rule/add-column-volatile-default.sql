-- case: random()
CREATE TABLE orders (id int PRIMARY KEY, amount int, note varchar(20));
-- next file
ALTER TABLE orders ADD COLUMN c float DEFAULT random(); -- found

-- case: gen_random_uuid()
CREATE TABLE orders (id int PRIMARY KEY, amount int, note varchar(20));
-- next file
ALTER TABLE orders ADD COLUMN c uuid DEFAULT gen_random_uuid(); -- found

-- case: clock_timestamp() within an expression
CREATE TABLE orders (id int PRIMARY KEY, amount int, note varchar(20));
-- next file
ALTER TABLE orders ADD COLUMN c timestamptz DEFAULT clock_timestamp() + interval '1 day'; -- found

-- case: now()
CREATE TABLE orders (id int PRIMARY KEY, amount int, note varchar(20));
-- next file
ALTER TABLE orders ADD COLUMN c timestamptz DEFAULT now();

-- case: now() less an interval
CREATE TABLE orders (id int PRIMARY KEY, amount int, note varchar(20));
-- next file
ALTER TABLE orders ADD COLUMN c timestamptz NOT NULL DEFAULT now() - interval '1 day';

-- case: CURRENT_TIMESTAMP and CURRENT_USER
CREATE TABLE orders (id int PRIMARY KEY, amount int, note varchar(20));
-- next file
ALTER TABLE orders ADD COLUMN c timestamptz DEFAULT CURRENT_TIMESTAMP, ADD COLUMN d text DEFAULT CURRENT_USER;

-- case: constants
CREATE TABLE orders (id int PRIMARY KEY, amount int, note varchar(20));
-- next file
ALTER TABLE orders ADD COLUMN a boolean DEFAULT false, ADD COLUMN b text DEFAULT 'x', ADD COLUMN c int[] DEFAULT ARRAY[]::int[];

-- case: a call with a named argument
CREATE TABLE orders (id int PRIMARY KEY, amount int, note varchar(20));
-- next file
ALTER TABLE orders ADD COLUMN c interval DEFAULT make_interval(days => 1);

-- case: a table of the same migration
CREATE TABLE t (id int);
ALTER TABLE t ADD COLUMN c uuid DEFAULT gen_random_uuid();

-- case: a temporary table
CREATE TEMP TABLE t AS SELECT 1 AS id;
ALTER TABLE t ADD COLUMN c uuid DEFAULT gen_random_uuid();

-- case: a function of the scripts that is VOLATILE
CREATE TABLE orders (id int PRIMARY KEY, amount int, note varchar(20));
-- next file
CREATE FUNCTION tick() RETURNS int LANGUAGE plpgsql AS 'BEGIN RETURN 1; END';
ALTER TABLE orders ADD COLUMN c int DEFAULT tick(); -- found

-- case: a function of the scripts that is IMMUTABLE
CREATE TABLE orders (id int PRIMARY KEY, amount int, note varchar(20));
-- next file
CREATE FUNCTION one() RETURNS int IMMUTABLE LANGUAGE plpgsql AS 'BEGIN RETURN 1; END';
ALTER TABLE orders ADD COLUMN c int DEFAULT one();

-- case: a function of another schema that no script makes
CREATE TABLE orders (id int PRIMARY KEY, amount int, note varchar(20));
-- next file
ALTER TABLE orders ADD COLUMN c text DEFAULT ids.next(); -- found

-- case: a function of PostgreSQL, with its schema
CREATE TABLE orders (id int PRIMARY KEY, amount int, note varchar(20));
-- next file
ALTER TABLE orders ADD COLUMN c text DEFAULT pg_catalog.md5('x');

-- case: a SQL function that PostgreSQL inlines
CREATE TABLE orders (id int PRIMARY KEY, amount int, note varchar(20));
-- next file
CREATE FUNCTION seven() RETURNS int LANGUAGE sql AS 'SELECT 7';
ALTER TABLE orders ADD COLUMN c int DEFAULT seven();

-- case: uuidv7 (PostgreSQL 18)
CREATE TABLE orders (id int PRIMARY KEY, amount int, note varchar(20));
-- next file
ALTER TABLE orders ADD COLUMN c uuid DEFAULT uuidv7(); -- found

-- case: the column is there already
CREATE TABLE orders (id int PRIMARY KEY, amount int, note varchar(20));
-- next file
ALTER TABLE orders ADD COLUMN IF NOT EXISTS amount float DEFAULT random();

-- case: the table is not known
ALTER TABLE ONLY other.orders
  ADD COLUMN a int,
  ADD COLUMN c uuid DEFAULT gen_random_uuid(); -- found

-- case: a sequence: the rule about serial columns speaks
CREATE TABLE orders (id int PRIMARY KEY, amount int, note varchar(20));
-- next file
CREATE SEQUENCE s;
ALTER TABLE orders ADD COLUMN c bigint DEFAULT nextval('s');
