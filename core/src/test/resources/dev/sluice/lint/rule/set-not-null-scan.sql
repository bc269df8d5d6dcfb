-- case: nothing proves it
CREATE TABLE orders (id int PRIMARY KEY, amount int);
-- next file
ALTER TABLE orders ALTER COLUMN amount SET NOT NULL; -- found

-- case: a valid check proves it
CREATE TABLE orders (id int PRIMARY KEY, amount int, CHECK (amount IS NOT NULL));
-- next file
ALTER TABLE orders ALTER COLUMN amount SET NOT NULL;

-- case: another check of the table was validated
CREATE TABLE orders (id int PRIMARY KEY, amount int);
-- next file
ALTER TABLE orders ADD CONSTRAINT positive CHECK (amount > 0) NOT VALID;
-- next file
ALTER TABLE orders VALIDATE CONSTRAINT positive;
-- next file
ALTER TABLE orders ALTER COLUMN amount SET NOT NULL; -- found

-- case: the table is not known
ALTER TABLE orders ALTER COLUMN amount SET NOT NULL; -- found
