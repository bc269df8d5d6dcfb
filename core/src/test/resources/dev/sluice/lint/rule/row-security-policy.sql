-- case: a table in use
CREATE TABLE orders (id int);
-- next file
CREATE POLICY p ON orders USING (id > 7); -- found
ALTER TABLE orders ENABLE ROW LEVEL SECURITY; -- found
DROP POLICY p ON orders; -- found

-- case: a new table
CREATE TABLE orders (id int);
ALTER TABLE orders ENABLE ROW LEVEL SECURITY;
CREATE POLICY p ON orders USING (id > 7);
DROP POLICY p ON orders;

-- case: a part that has nothing to do with it
CREATE TABLE orders (id int);
-- next file
ALTER TABLE orders ADD COLUMN a int;
