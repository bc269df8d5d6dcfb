-- case: nothing shows that there is no NULL
CREATE TABLE orders (id int PRIMARY KEY, amount int, note varchar(20));
-- next file
ALTER TABLE orders ALTER COLUMN amount SET NOT NULL; -- found

-- case: filled before
CREATE TABLE orders (id int PRIMARY KEY, amount int, note varchar(20));
-- next file
UPDATE orders SET amount = 0 WHERE amount IS NULL;
ALTER TABLE orders ALTER COLUMN amount SET NOT NULL;

-- case: another column was filled
CREATE TABLE orders (id int PRIMARY KEY, amount int, note varchar(20));
-- next file
UPDATE orders SET note = '';
ALTER TABLE orders ALTER COLUMN amount SET NOT NULL; -- found

-- case: a valid check
CREATE TABLE orders (amount int CHECK (amount IS NOT NULL));
-- next file
ALTER TABLE orders ALTER COLUMN amount SET NOT NULL;

-- case: no NULL possible
CREATE TABLE orders (id int PRIMARY KEY, amount int, note varchar(20));
-- next file
ALTER TABLE orders ALTER COLUMN id SET NOT NULL;
