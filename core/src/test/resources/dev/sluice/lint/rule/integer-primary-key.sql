-- case: small ones
CREATE TABLE a (id int PRIMARY KEY); -- found
CREATE TABLE b (id serial PRIMARY KEY); -- found
CREATE TABLE c (id smallint, PRIMARY KEY (id)); -- found

-- case: large ones
CREATE TABLE a (id bigint PRIMARY KEY);
CREATE TABLE b (id bigserial PRIMARY KEY);
CREATE TABLE c (id uuid PRIMARY KEY);

-- case: the type of another table's key, several columns, a temporary table
CREATE TABLE a (id int PRIMARY KEY REFERENCES other);
CREATE TABLE b (x int, y int, PRIMARY KEY (x, y));
CREATE TEMP TABLE c (id int PRIMARY KEY);

-- case: an int that is no key
CREATE TABLE a (id bigint PRIMARY KEY, amount int);
