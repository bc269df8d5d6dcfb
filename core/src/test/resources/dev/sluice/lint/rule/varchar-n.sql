-- case: with a limit
CREATE TABLE a (note varchar(20)); -- found
ALTER TABLE a ADD COLUMN b character varying(7); -- found

-- case: without one
CREATE TABLE a (note varchar, other text, third character varying);

-- case: a temporary table
CREATE TEMP TABLE a (note varchar(20));
