-- case: no index
CREATE TABLE customers (id int PRIMARY KEY);
-- next file
CREATE TABLE t (a int REFERENCES customers); -- found

-- case: a new column
CREATE TABLE customers (id int PRIMARY KEY);
-- next file
ALTER TABLE orders ADD COLUMN customer int REFERENCES customers; -- found

-- case: a column that is there
CREATE TABLE customers (id int PRIMARY KEY);
CREATE TABLE orders (id int PRIMARY KEY, amount int, note varchar(20));
-- next file
ALTER TABLE orders ADD CONSTRAINT k FOREIGN KEY (amount) REFERENCES customers NOT VALID; -- found

-- case: another column first
CREATE TABLE customers (id int PRIMARY KEY);
CREATE TABLE orders (id int PRIMARY KEY, amount int, note varchar(20));
CREATE INDEX ON orders (note, amount);
-- next file
ALTER TABLE orders ADD CONSTRAINT k FOREIGN KEY (amount) REFERENCES customers NOT VALID; -- found

-- case: a partial index
CREATE TABLE customers (id int PRIMARY KEY);
CREATE TABLE orders (id int PRIMARY KEY, amount int, note varchar(20));
CREATE INDEX ON orders (amount) WHERE amount > 0;
-- next file
ALTER TABLE orders ADD CONSTRAINT k FOREIGN KEY (amount) REFERENCES customers NOT VALID; -- found

-- case: an index
CREATE TABLE customers (id int PRIMARY KEY);
CREATE TABLE orders (id int PRIMARY KEY, amount int, note varchar(20));
CREATE INDEX ON orders (amount, note);
-- next file
ALTER TABLE orders ADD CONSTRAINT k FOREIGN KEY (amount) REFERENCES customers NOT VALID;

-- case: later in the migration
CREATE TABLE customers (id int PRIMARY KEY);
-- next file
CREATE TABLE t (a int REFERENCES customers);
CREATE INDEX ON t (a);

-- case: the primary key
CREATE TABLE customers (id int PRIMARY KEY);
-- next file
CREATE TABLE t (a int PRIMARY KEY REFERENCES customers);

-- case: a primary key of two columns
CREATE TABLE customers (id int PRIMARY KEY);
-- next file
CREATE TABLE t (a int REFERENCES customers, b int, PRIMARY KEY (a, b));

-- case: two columns in another order
CREATE TABLE p (a int, b int, PRIMARY KEY (a, b));
CREATE TABLE t (x int, y int, FOREIGN KEY (x, y) REFERENCES p, UNIQUE (y, x));

-- case: nothing is known of the table
ALTER TABLE orders ADD CONSTRAINT k FOREIGN KEY (amount) REFERENCES customers NOT VALID;

-- case: in a later migration
CREATE TABLE customers (id int PRIMARY KEY);
-- next file
CREATE TABLE t (a int REFERENCES customers, b int);
-- next file
CREATE INDEX ON t (a, b);

-- case: in a later migration, of other columns
CREATE TABLE customers (id int PRIMARY KEY);
-- next file
CREATE TABLE t (a int REFERENCES customers, b int REFERENCES customers); -- found
-- next file
CREATE INDEX ON t (b, a);
CREATE INDEX ON t (a) WHERE b > 0;
