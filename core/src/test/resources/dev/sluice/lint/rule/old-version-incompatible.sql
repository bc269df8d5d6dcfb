-- case: new constraints
CREATE TABLE orders (id int PRIMARY KEY, amount int, other int);
-- next file
ALTER TABLE orders ADD CHECK (amount > 0) NOT VALID; -- found
ALTER TABLE orders ALTER COLUMN amount SET NOT NULL; -- found
ALTER TABLE orders ADD FOREIGN KEY (other) REFERENCES orders NOT VALID; -- found

-- case: known before
CREATE TABLE orders (id int PRIMARY KEY, amount int DEFAULT 7, other int, CHECK (other IS NOT NULL));
-- next file
ALTER TABLE orders ALTER COLUMN amount SET NOT NULL;
ALTER TABLE orders ALTER COLUMN other SET NOT NULL;

-- case: a table of the same migration
CREATE TABLE orders (id int PRIMARY KEY, amount int);
ALTER TABLE orders ADD CHECK (amount > 0);

-- case: of a column that comes with it
CREATE TABLE orders (id int PRIMARY KEY, amount int);
-- next file
ALTER TABLE orders ADD COLUMN parent int, ADD FOREIGN KEY (parent) REFERENCES orders, ADD CHECK (parent <> id); -- found
-- next file
ALTER TABLE orders ADD COLUMN other int, ADD FOREIGN KEY (other) REFERENCES orders;
