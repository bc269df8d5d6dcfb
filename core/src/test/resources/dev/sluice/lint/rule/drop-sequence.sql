-- case: a sequence in use
CREATE SEQUENCE s;
-- next file
DROP SEQUENCE s; -- found

-- case: a new one
CREATE SEQUENCE s;
DROP SEQUENCE s;
