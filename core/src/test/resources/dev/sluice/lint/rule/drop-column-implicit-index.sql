-- case: an index over two columns
CREATE TABLE orders (id int PRIMARY KEY, amount int, note text);
CREATE INDEX ON orders (amount, note);
-- next file
ALTER TABLE orders DROP COLUMN note; -- found

-- case: INCLUDE
CREATE TABLE orders (id int PRIMARY KEY, amount int, note text);
CREATE INDEX ON orders (amount) INCLUDE (note);
-- next file
ALTER TABLE orders DROP COLUMN note; -- found

-- case: WHERE
CREATE TABLE orders (id int PRIMARY KEY, amount int, note text);
CREATE INDEX ON orders (amount) WHERE note = 'x';
-- next file
ALTER TABLE orders DROP COLUMN note; -- found

-- case: an expression with another column
CREATE TABLE orders (id int PRIMARY KEY, amount int, note text);
CREATE INDEX ON orders ((note || amount::text));
-- next file
ALTER TABLE orders DROP COLUMN note; -- found

-- case: a unique constraint
CREATE TABLE orders (id int PRIMARY KEY, amount int, note text);
ALTER TABLE orders ADD UNIQUE (amount, note);
-- next file
ALTER TABLE orders DROP COLUMN note; -- found

-- case: a check of two columns
CREATE TABLE orders (amount int, note text, CHECK (amount > 0 OR note = ''));
-- next file
ALTER TABLE orders DROP COLUMN note; -- found

-- case: a foreign key
CREATE TABLE customers (id int PRIMARY KEY);
CREATE TABLE orders (customer int REFERENCES customers);
-- next file
ALTER TABLE orders DROP COLUMN customer; -- found

-- case: its own index
CREATE TABLE orders (id int PRIMARY KEY, amount int, note text);
CREATE INDEX ON orders (note);
-- next file
ALTER TABLE orders DROP COLUMN note;

-- case: an expression of it alone
CREATE TABLE orders (id int PRIMARY KEY, amount int, note text);
CREATE INDEX ON orders (lower(note));
-- next file
ALTER TABLE orders DROP COLUMN note;

-- case: none
CREATE TABLE orders (id int PRIMARY KEY, amount int, note varchar(20));
-- next file
ALTER TABLE orders DROP COLUMN note;

-- case: the index was dropped
CREATE TABLE orders (id int PRIMARY KEY, amount int, note text);
CREATE INDEX i ON orders (amount, note);
-- next file
DROP INDEX i;
-- next file
ALTER TABLE orders DROP COLUMN note;

-- case: a new table
CREATE TABLE orders (id int PRIMARY KEY, amount int, note text);
CREATE INDEX ON orders (amount, note);
ALTER TABLE orders DROP COLUMN note;
