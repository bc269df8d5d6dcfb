-- case: the referenced side
CREATE TABLE orders (id int PRIMARY KEY, c int UNIQUE);
CREATE TABLE lines (n int REFERENCES orders (c));
-- next file
ALTER TABLE orders ALTER COLUMN c TYPE bigint; -- found

-- case: the referencing side
CREATE TABLE customers (id int PRIMARY KEY);
CREATE TABLE orders (id int PRIMARY KEY, c int REFERENCES customers);
-- next file
ALTER TABLE orders ALTER COLUMN c TYPE bigint; -- found

-- case: another column
CREATE TABLE orders (id int PRIMARY KEY, c int, d int UNIQUE);
CREATE TABLE lines (n int REFERENCES orders (d));
-- next file
ALTER TABLE orders ALTER COLUMN c TYPE bigint;

-- case: no foreign key
CREATE TABLE orders (id int PRIMARY KEY, c int);
-- next file
ALTER TABLE orders ALTER COLUMN c TYPE bigint;

-- case: the other table is new
CREATE TABLE orders (id int PRIMARY KEY, c int UNIQUE);
-- next file
CREATE TABLE lines (n int REFERENCES orders (c));
ALTER TABLE orders ALTER COLUMN c TYPE bigint;
