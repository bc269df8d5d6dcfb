-- case: an int becomes a bigint
CREATE TABLE orders (id int PRIMARY KEY, c int);
-- next file
ALTER TABLE orders ALTER COLUMN c TYPE bigint; -- found

-- case: text for a varchar
CREATE TABLE orders (id int PRIMARY KEY, c varchar(20));
-- next file
ALTER TABLE orders ALTER COLUMN c TYPE text;

-- case: a table of the same migration
CREATE TABLE orders (id int, c int);
ALTER TABLE orders ALTER COLUMN c TYPE bigint;

-- case: a shorter varchar
CREATE TABLE orders (id int PRIMARY KEY, c varchar(20));
-- next file
ALTER TABLE orders ALTER COLUMN c TYPE varchar(10); -- found

-- case: a longer varchar
CREATE TABLE orders (id int PRIMARY KEY, c varchar(20));
-- next file
ALTER TABLE orders ALTER COLUMN c TYPE varchar(40);

-- case: a varchar without a length
CREATE TABLE orders (id int PRIMARY KEY, c varchar(20));
-- next file
ALTER TABLE orders ALTER COLUMN c TYPE varchar;

-- case: text becomes varchar(n)
CREATE TABLE orders (id int PRIMARY KEY, c text);
-- next file
ALTER TABLE orders ALTER COLUMN c TYPE varchar(20); -- found

-- case: text becomes citext
CREATE TABLE orders (id int PRIMARY KEY, c text);
-- next file
ALTER TABLE orders ALTER COLUMN c TYPE citext;

-- case: a larger precision
CREATE TABLE orders (id int PRIMARY KEY, c numeric(10,2));
-- next file
ALTER TABLE orders ALTER COLUMN c TYPE numeric(12,2);

-- case: another scale
CREATE TABLE orders (id int PRIMARY KEY, c numeric(10,2));
-- next file
ALTER TABLE orders ALTER COLUMN c TYPE numeric(12,3); -- found

-- case: json becomes jsonb
CREATE TABLE orders (id int PRIMARY KEY, c json);
-- next file
ALTER TABLE orders ALTER COLUMN c TYPE jsonb; -- found

-- case: a longer char
CREATE TABLE orders (id int PRIMARY KEY, c char(10));
-- next file
ALTER TABLE orders ALTER COLUMN c TYPE char(20); -- found

-- case: cidr becomes inet
CREATE TABLE orders (id int PRIMARY KEY, c cidr);
-- next file
ALTER TABLE orders ALTER COLUMN c TYPE inet;

-- case: an array of longer varchars
CREATE TABLE orders (id int PRIMARY KEY, c varchar(10)[]);
-- next file
ALTER TABLE orders ALTER COLUMN c TYPE varchar(20)[]; -- found

-- case: USING the column itself
CREATE TABLE orders (id int PRIMARY KEY, c varchar(20));
-- next file
ALTER TABLE orders ALTER COLUMN c TYPE text USING c::varchar(20);

-- case: USING an expression
CREATE TABLE orders (id int PRIMARY KEY, c varchar(20));
-- next file
ALTER TABLE orders ALTER COLUMN c TYPE text USING lower(c); -- found

-- case: the same type again
CREATE TABLE orders (id int PRIMARY KEY, c int);
-- next file
ALTER TABLE orders ALTER COLUMN c TYPE int;

-- case: a domain with a check
CREATE TABLE orders (id int PRIMARY KEY, c int);
CREATE DOMAIN positive AS int CHECK (VALUE > 0);
-- next file
ALTER TABLE orders ALTER COLUMN c TYPE positive; -- found

-- case: a domain without one
CREATE TABLE orders (id int PRIMARY KEY, c int);
CREATE DOMAIN plain AS int;
-- next file
ALTER TABLE orders ALTER COLUMN c TYPE plain;

-- case: the table is not known
ALTER TABLE orders ALTER COLUMN c TYPE bigint; -- found

-- case: the table is not known, the type is since
ALTER TABLE orders ADD COLUMN c varchar(20);
-- next file
ALTER TABLE orders ALTER COLUMN c TYPE text;

-- case: timestamps have their own rule
CREATE TABLE orders (id int PRIMARY KEY, c timestamp);
-- next file
ALTER TABLE orders ALTER COLUMN c TYPE timestamptz;
