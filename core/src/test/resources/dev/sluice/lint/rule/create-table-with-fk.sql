-- case: a table in use
CREATE TABLE customers (id int PRIMARY KEY);
-- next file
CREATE TABLE t (a int,
  b int REFERENCES customers, -- found
  c int);

-- case: for the whole table
CREATE TABLE customers (id int PRIMARY KEY);
-- next file
CREATE TABLE t (a int, FOREIGN KEY (a) REFERENCES customers); -- found

-- case: not known
CREATE TABLE t (a int REFERENCES customers); -- found

-- case: new as well
CREATE TABLE customers (id int PRIMARY KEY);
CREATE TABLE t (a int REFERENCES customers);

-- case: itself
CREATE TABLE t (a int PRIMARY KEY, b int REFERENCES t);

-- case: several: the rule about those speaks
CREATE TABLE customers (id int PRIMARY KEY);
CREATE TABLE shops (id int PRIMARY KEY);
-- next file
CREATE TABLE t (a int REFERENCES customers, b int REFERENCES shops);
