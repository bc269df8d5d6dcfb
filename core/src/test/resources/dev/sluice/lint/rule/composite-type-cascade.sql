-- case: a table is made of it
CREATE TYPE pair AS (a int, b int);
CREATE TABLE orders OF pair;
-- next file
ALTER TYPE pair ADD ATTRIBUTE c int CASCADE; -- found

-- case: none is
CREATE TYPE pair AS (a int, b int);
-- next file
ALTER TYPE pair ADD ATTRIBUTE c int CASCADE;

-- case: a table of the same migration
CREATE TYPE pair AS (a int, b int);
-- next file
CREATE TABLE orders OF pair;
ALTER TYPE pair ADD ATTRIBUTE c int CASCADE;
