-- case: a table in use
CREATE TABLE orders (id int PRIMARY KEY, amount int);
-- next file
CREATE INDEX ON orders (amount); -- found

-- case: concurrently
CREATE TABLE orders (id int PRIMARY KEY, amount int);
-- next file
CREATE INDEX CONCURRENTLY ON orders (amount);

-- case: a table of the same migration
CREATE TABLE orders (id int PRIMARY KEY, amount int);
CREATE INDEX ON orders (amount);

-- case: a table of the same name in another schema is new
CREATE TABLE orders (id int PRIMARY KEY, amount int);
-- next file
CREATE SCHEMA other;
CREATE TABLE other.orders (id int PRIMARY KEY, amount int);
CREATE INDEX ON orders (amount); -- found
