-- case: taken away
CREATE TABLE orders (id int);
-- next file
REVOKE SELECT ON orders FROM app; -- found
REVOKE ALL ON ALL TABLES IN SCHEMA public FROM app; -- found

-- case: given to everyone
CREATE TABLE orders (id int);
-- next file
GRANT SELECT ON orders TO PUBLIC; -- found
GRANT SELECT ON orders TO app;

-- case: a new table
CREATE TABLE orders (id int);
REVOKE ALL ON orders FROM PUBLIC;
GRANT SELECT ON orders TO app;
