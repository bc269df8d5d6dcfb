-- case: the proof goes
CREATE TABLE orders (amount int, CONSTRAINT filled CHECK (amount IS NOT NULL));
-- next file
ALTER TABLE orders ALTER COLUMN amount SET NOT NULL, DROP CONSTRAINT filled; -- found

-- case: written first
CREATE TABLE orders (amount int, CONSTRAINT filled CHECK (amount IS NOT NULL));
-- next file
ALTER TABLE orders DROP CONSTRAINT filled, ALTER COLUMN amount SET NOT NULL; -- found

-- case: the table is not known
ALTER TABLE orders ADD CONSTRAINT filled CHECK (amount IS NOT NULL) NOT VALID;
-- next file
ALTER TABLE orders VALIDATE CONSTRAINT filled;
-- next file
ALTER TABLE orders ALTER COLUMN amount SET NOT NULL, DROP CONSTRAINT filled; -- found

-- case: two statements
CREATE TABLE orders (amount int, CONSTRAINT filled CHECK (amount IS NOT NULL));
-- next file
ALTER TABLE orders ALTER COLUMN amount SET NOT NULL;
ALTER TABLE orders DROP CONSTRAINT filled;

-- case: another constraint goes
CREATE TABLE orders (amount int, CONSTRAINT filled CHECK (amount IS NOT NULL), CONSTRAINT small CHECK (amount < 10));
-- next file
ALTER TABLE orders ALTER COLUMN amount SET NOT NULL, DROP CONSTRAINT small;

-- case: no proof at all: the scan is said elsewhere
CREATE TABLE orders (id int PRIMARY KEY, amount int, note varchar(20));
-- next file
ALTER TABLE orders ALTER COLUMN amount SET NOT NULL;
