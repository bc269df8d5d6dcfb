-- case: no end (no transaction)
BEGIN; -- found
CREATE TABLE orders (id int);

-- case: only the second (no transaction)
BEGIN;
COMMIT;
START TRANSACTION; -- found
CREATE TABLE orders (id int);

-- case: with an end (no transaction)
BEGIN;
CREATE TABLE orders (id int);
END;

-- case: taken back (no transaction)
BEGIN;
SELECT 1;
ROLLBACK;
