-- case: UPDATE
CREATE TABLE orders (id int PRIMARY KEY, amount int);
-- next file
UPDATE orders SET amount = 0; -- found

-- case: DELETE of a table that no script made
DELETE FROM orders; -- found

-- case: a condition that says nothing
CREATE TABLE orders (id int PRIMARY KEY, amount int);
-- next file
DELETE FROM orders WHERE true; -- found

-- case: with a condition
CREATE TABLE orders (id int PRIMARY KEY, amount int);
-- next file
UPDATE orders SET amount = 0 WHERE id BETWEEN 1 AND 1000;

-- case: a table of the same migration, and a temporary one
CREATE TABLE orders (id int PRIMARY KEY, amount int);
CREATE TEMP TABLE work (id int);
UPDATE orders SET amount = 0;
DELETE FROM work;
