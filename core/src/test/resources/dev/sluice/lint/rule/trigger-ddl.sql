-- case: a table in use
CREATE TABLE orders (id int);
-- next file
CREATE TRIGGER a BEFORE INSERT ON orders FOR EACH ROW EXECUTE FUNCTION f(); -- found
ALTER TRIGGER a ON orders RENAME TO b; -- found
ALTER TABLE orders DISABLE TRIGGER b; -- found
ALTER TABLE orders DISABLE TRIGGER ALL; -- found
DROP TRIGGER b ON orders; -- found

-- case: a new table
CREATE TABLE orders (id int);
CREATE TRIGGER a BEFORE INSERT ON orders FOR EACH ROW EXECUTE FUNCTION f();
ALTER TABLE orders DISABLE TRIGGER ALL;
DROP TRIGGER a ON orders;

-- case: a table that no script made
DROP TRIGGER a ON orders; -- found

-- case: the function alone
CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$;
