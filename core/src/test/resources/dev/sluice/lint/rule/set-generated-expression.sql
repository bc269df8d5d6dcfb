-- case: stored (PostgreSQL 17)
CREATE TABLE orders (a int, g int GENERATED ALWAYS AS (a + 1) STORED);
-- next file
ALTER TABLE orders ALTER COLUMN g SET EXPRESSION AS (a + 2); -- found

-- case: not known (PostgreSQL 17)
ALTER TABLE orders ALTER COLUMN g SET EXPRESSION AS (a + 2); -- found

-- case: not possible yet (PostgreSQL 16)
CREATE TABLE orders (a int, g int GENERATED ALWAYS AS (a + 1) STORED);
-- next file
ALTER TABLE orders ALTER COLUMN g SET EXPRESSION AS (a + 2); -- found

-- case: virtual (PostgreSQL 18)
CREATE TABLE orders (a int, g int GENERATED ALWAYS AS (a + 1) VIRTUAL);
-- next file
ALTER TABLE orders ALTER COLUMN g SET EXPRESSION AS (a + 2);

-- case: a new table (PostgreSQL 17)
CREATE TABLE orders (a int, g int GENERATED ALWAYS AS (a + 1) STORED);
ALTER TABLE orders ALTER COLUMN g SET EXPRESSION AS (a + 2);
