-- case: a check
CREATE TABLE orders (id int PRIMARY KEY, amount int, note varchar(20));
-- next file
ALTER TABLE orders ADD CHECK (amount > 0) NOT VALID; -- found

-- case: a foreign key
ALTER TABLE orders ADD FOREIGN KEY (amount) REFERENCES customers NOT VALID; -- found

-- case: two of them
CREATE TABLE orders (id int PRIMARY KEY, amount int, note varchar(20));
-- next file
ALTER TABLE orders ADD UNIQUE (amount), -- found
  ADD UNIQUE (note); -- found

-- case: named
CREATE TABLE orders (id int PRIMARY KEY, amount int, note varchar(20));
-- next file
ALTER TABLE orders ADD CONSTRAINT positive CHECK (amount > 0) NOT VALID;

-- case: the name of its index
CREATE TABLE orders (id int PRIMARY KEY, amount int, note varchar(20));
-- next file
CREATE UNIQUE INDEX CONCURRENTLY i ON orders (amount);
-- next file
ALTER TABLE orders ADD UNIQUE USING INDEX i;

-- case: a primary key has but one name
CREATE TABLE orders (id int, amount int);
-- next file
ALTER TABLE orders ADD PRIMARY KEY (id);

-- case: a new table
CREATE TABLE t (a int);
ALTER TABLE t ADD CHECK (a > 0);
