-- case: four columns
CREATE TABLE orders (a int, b int, c int, d int);
CREATE INDEX ON orders (a, b, c, d); -- found

-- case: three columns
CREATE TABLE orders (a int, b int, c int, d int);
CREATE INDEX ON orders (a, b, c);

-- case: a unique index says something else
CREATE TABLE orders (a int, b int, c int, d int);
CREATE UNIQUE INDEX ON orders (a, b, c, d);

-- case: INCLUDE is not a key
CREATE TABLE orders (a int, b int, c int, d int);
CREATE INDEX ON orders (a) INCLUDE (b, c, d);
