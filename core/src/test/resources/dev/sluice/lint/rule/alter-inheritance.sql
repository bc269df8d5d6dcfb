-- case: in use
CREATE TABLE m (id int);
CREATE TABLE m1 (id int);
-- next file
ALTER TABLE m1 INHERIT m; -- found
ALTER TABLE m1 NO INHERIT m; -- found

-- case: new
CREATE TABLE m (id int);
-- next file
CREATE TABLE m1 (id int);
ALTER TABLE m1 INHERIT m;
