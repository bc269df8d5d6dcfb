-- case: a validation after another change
CREATE TABLE orders (id int, amount int);
ALTER TABLE orders ADD CONSTRAINT positive CHECK (amount > 0) NOT VALID;
-- next file
ALTER TABLE orders ADD COLUMN a int;
ALTER TABLE orders VALIDATE CONSTRAINT positive; -- found

-- case: an index of another table
CREATE TABLE orders (id int, amount int);
CREATE TABLE bills (id int, amount int);
-- next file
ALTER TABLE orders ADD COLUMN a int;
CREATE INDEX ON bills (amount); -- found

-- case: what comes after is short
CREATE TABLE orders (id int, amount int);
-- next file
ALTER TABLE orders ADD COLUMN a int;
ALTER TABLE orders ADD COLUMN b int;

-- case: in transactions of their own (no transaction)
CREATE TABLE orders (id int, amount int);
ALTER TABLE orders ADD CONSTRAINT positive CHECK (amount > 0) NOT VALID;
-- next file
ALTER TABLE orders ADD COLUMN a int;
ALTER TABLE orders VALIDATE CONSTRAINT positive;

-- case: only a new table is locked
CREATE TABLE orders (id int, amount int);
ALTER TABLE orders ADD CONSTRAINT positive CHECK (amount > 0) NOT VALID;
-- next file
CREATE TABLE other (id int);
ALTER TABLE orders VALIDATE CONSTRAINT positive;

-- case: an index of a table that is new and empty
CREATE TABLE orders (id int, amount int);
-- next file
ALTER TABLE orders ADD COLUMN a int;
CREATE TABLE bills (id int, amount int);
CREATE INDEX ON bills (amount);
