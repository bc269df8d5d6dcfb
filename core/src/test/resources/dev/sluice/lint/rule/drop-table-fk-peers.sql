-- case: a foreign key
CREATE TABLE people (id int PRIMARY KEY);
CREATE TABLE orders (id int, person int REFERENCES people);
-- next file
DROP TABLE orders; -- found

-- case: both are dropped
CREATE TABLE people (id int PRIMARY KEY);
CREATE TABLE orders (id int, person int REFERENCES people);
-- next file
DROP TABLE orders, people;

-- case: the key is dropped before
CREATE TABLE people (id int PRIMARY KEY);
CREATE TABLE orders (id int, person int REFERENCES people);
-- next file
ALTER TABLE orders DROP CONSTRAINT orders_person_fkey;
-- next file
DROP TABLE orders;
