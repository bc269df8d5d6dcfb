-- case: without a mode
CREATE TABLE orders (id int);
-- next file
LOCK TABLE orders; -- found

-- case: against writers, of a table that no script made
LOCK TABLE orders IN SHARE MODE; -- found

-- case: against nobody's traffic
LOCK TABLE orders IN ROW EXCLUSIVE MODE;
LOCK TABLE orders IN SHARE UPDATE EXCLUSIVE MODE;

-- case: without a wait
LOCK TABLE orders IN ACCESS EXCLUSIVE MODE NOWAIT;

-- case: a new table
CREATE TABLE orders (id int);
LOCK TABLE orders;
