-- case: another table refers to it
CREATE TABLE people (id int PRIMARY KEY);
CREATE TABLE orders (id int, person int REFERENCES people);
-- next file
TRUNCATE people CASCADE; -- found

-- case: it is named
CREATE TABLE people (id int PRIMARY KEY);
CREATE TABLE orders (id int, person int REFERENCES people);
-- next file
TRUNCATE people, orders CASCADE;

-- case: nothing refers to it
CREATE TABLE people (id int PRIMARY KEY);
-- next file
TRUNCATE people CASCADE;

-- case: a table that no script made
TRUNCATE people CASCADE; -- found
