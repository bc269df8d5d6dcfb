-- case: can be NULL
CREATE TABLE orders (id int, amount int);
-- next file
CREATE UNIQUE INDEX CONCURRENTLY i ON orders (amount);
-- next file
ALTER TABLE orders ADD PRIMARY KEY USING INDEX i; -- found

-- case: NOT NULL
CREATE TABLE orders (id int, amount int NOT NULL);
-- next file
CREATE UNIQUE INDEX CONCURRENTLY i ON orders (amount);
-- next file
ALTER TABLE orders ADD PRIMARY KEY USING INDEX i;

-- case: a valid check
CREATE TABLE orders (id int, amount int CHECK (amount IS NOT NULL));
-- next file
CREATE UNIQUE INDEX CONCURRENTLY i ON orders (amount);
-- next file
ALTER TABLE orders ADD PRIMARY KEY USING INDEX i;

-- case: a table that is not known, after SET NOT NULL
ALTER TABLE orders ALTER COLUMN amount SET NOT NULL;
-- next file
CREATE UNIQUE INDEX CONCURRENTLY i ON orders (amount);
-- next file
ALTER TABLE orders ADD CONSTRAINT k PRIMARY KEY USING INDEX i;

-- case: a table that is not known
CREATE UNIQUE INDEX CONCURRENTLY i ON orders (amount);
-- next file
ALTER TABLE orders ADD CONSTRAINT k PRIMARY KEY USING INDEX i; -- found

-- case: neither table nor index known
ALTER TABLE orders ADD CONSTRAINT k PRIMARY KEY USING INDEX i;

-- case: without an index, its own rule speaks
CREATE TABLE orders (id int, amount int);
-- next file
ALTER TABLE orders ADD PRIMARY KEY (amount);

-- case: the proof is dropped in the same statement
CREATE TABLE orders (id int, amount int, CONSTRAINT filled CHECK (amount IS NOT NULL));
-- next file
CREATE UNIQUE INDEX CONCURRENTLY i ON orders (amount);
-- next file
ALTER TABLE orders DROP CONSTRAINT filled, ADD PRIMARY KEY USING INDEX i; -- found

-- case: a check is dropped that nothing needs
CREATE TABLE orders (id int, amount int NOT NULL, CONSTRAINT filled CHECK (amount IS NOT NULL));
-- next file
CREATE UNIQUE INDEX CONCURRENTLY i ON orders (amount);
-- next file
ALTER TABLE orders DROP CONSTRAINT filled, ADD PRIMARY KEY USING INDEX i;
