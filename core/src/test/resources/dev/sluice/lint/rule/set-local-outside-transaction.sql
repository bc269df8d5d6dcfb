-- case: without (no transaction)
SET LOCAL lock_timeout = '2s'; -- found
SET TRANSACTION ISOLATION LEVEL SERIALIZABLE; -- found

-- case: in the file's own (no transaction)
BEGIN;
SET LOCAL lock_timeout = '2s';
COMMIT;
SET LOCAL lock_timeout = '2s'; -- found

-- case: in that of the tool
SET LOCAL lock_timeout = '2s';

-- case: of the session (no transaction)
SET lock_timeout = '2s';
SET SESSION CHARACTERISTICS AS TRANSACTION ISOLATION LEVEL SERIALIZABLE;
