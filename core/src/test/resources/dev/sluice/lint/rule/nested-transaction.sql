-- case: in that of the tool
BEGIN; -- found
SELECT 1;
COMMIT;

-- case: it ends that of the tool
SELECT 1;
COMMIT; -- found

-- case: BEGIN twice (no transaction)
BEGIN;
SELECT 1;
START TRANSACTION; -- found
COMMIT;
COMMIT; -- found

-- case: savepoints
SAVEPOINT a;
ROLLBACK TO SAVEPOINT a;
RELEASE SAVEPOINT a;

-- case: transactions of the file (no transaction)
BEGIN;
SELECT 1;
COMMIT;
BEGIN;
SAVEPOINT a;
ROLLBACK;
