-- case: char
CREATE TABLE a (code char(3)); -- found
CREATE TABLE b (code char); -- found
ALTER TABLE a ADD COLUMN other character(2); -- found

-- case: not char
CREATE TABLE a (code text, kind "char", other varchar(3));
