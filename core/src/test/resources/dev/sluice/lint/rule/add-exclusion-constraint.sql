-- case: in use
CREATE TABLE orders (id int PRIMARY KEY, amount int, note varchar(20));
-- next file
ALTER TABLE orders ADD CONSTRAINT e EXCLUDE USING gist (amount WITH =); -- found

-- case: not known
ALTER TABLE orders ADD EXCLUDE USING gist (amount WITH =); -- found

-- case: new table
CREATE TABLE t (a int);
ALTER TABLE t ADD EXCLUDE USING gist (a WITH =);

-- case: in CREATE TABLE
CREATE TABLE t (a int, EXCLUDE USING gist (a WITH =));
