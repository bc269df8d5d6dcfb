-- case: in a transaction
SET lock_timeout = '2s'; -- found
SELECT 1;

-- case: local
SET LOCAL lock_timeout = '2s';

-- case: reset
SET lock_timeout = '2s';
SELECT 1;
RESET lock_timeout;

-- case: without a transaction there is no other way (no transaction)
SET lock_timeout = '2s';
