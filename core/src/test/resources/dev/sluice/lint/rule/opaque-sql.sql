-- case: a block
DO $$ BEGIN EXECUTE 'DROP TABLE orders'; END $$; -- found

-- case: a procedure
CALL tidy(); -- found

-- case: a definition runs nothing
CREATE FUNCTION f() RETURNS int LANGUAGE sql AS $$ SELECT 1 $$;
SELECT f();
