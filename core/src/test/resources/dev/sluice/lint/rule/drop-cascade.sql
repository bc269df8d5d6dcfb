-- case: a table
CREATE TABLE people (id int PRIMARY KEY);
CREATE TABLE orders (id int, person int REFERENCES people);
-- next file
DROP TABLE people CASCADE; -- found

-- case: a type and a column
CREATE TYPE mood AS ENUM ('a');
CREATE TABLE orders (id int, mood mood);
-- next file
ALTER TABLE orders DROP COLUMN id CASCADE; -- found
DROP TYPE mood CASCADE; -- found

-- case: without
CREATE TABLE orders (id int);
-- next file
ALTER TABLE orders DROP COLUMN id;
DROP TABLE orders;

-- case: a table of the same migration
CREATE TABLE orders (id int);
DROP TABLE orders CASCADE;
