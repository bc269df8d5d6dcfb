-- case: the first columns of another
CREATE TABLE orders (id int, amount int);
CREATE INDEX i ON orders (amount, id);
CREATE INDEX j ON orders (amount); -- found

-- case: the column of the primary key
CREATE TABLE orders (id int PRIMARY KEY, amount int);
CREATE INDEX j ON orders (id); -- found

-- case: a wider one is made
CREATE TABLE orders (id int, amount int);
CREATE INDEX i ON orders (amount);
CREATE INDEX j ON orders (amount, id); -- found

-- case: a wider one is made, and the other dropped
CREATE TABLE orders (id int, amount int);
CREATE INDEX i ON orders (amount);
CREATE INDEX j ON orders (amount, id);
DROP INDEX i;

-- case: another first column
CREATE TABLE orders (id int, amount int);
CREATE INDEX i ON orders (amount, id);
CREATE INDEX j ON orders (id);

-- case: other methods, operators, orders and conditions
CREATE TABLE orders (id int, note text);
CREATE INDEX i ON orders (note);
CREATE INDEX j ON orders (note text_pattern_ops);
CREATE INDEX k ON orders USING hash (note);
CREATE INDEX l ON orders (note) WHERE id > 7;
CREATE INDEX m ON orders (lower(note));

-- case: the other one has other operators
CREATE TABLE orders (id int, note text);
CREATE INDEX i ON orders (note text_pattern_ops);
CREATE INDEX j ON orders (note);

-- case: a unique index that is narrower forbids more
CREATE TABLE orders (id int, amount int);
CREATE INDEX i ON orders (amount, id);
CREATE UNIQUE INDEX j ON orders (amount);

-- case: the shorter index was not needed before this one
CREATE TABLE orders (id int, amount int, note text);
CREATE INDEX a ON orders (amount);
CREATE INDEX b ON orders (amount, id); -- found
CREATE INDEX c ON orders (amount, note);
