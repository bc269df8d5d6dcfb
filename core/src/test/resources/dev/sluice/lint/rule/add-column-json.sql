-- case: json
CREATE TABLE orders (id int PRIMARY KEY, amount int, note varchar(20));
-- next file
ALTER TABLE orders ADD COLUMN data json; -- found

-- case: in other letters
CREATE TABLE orders (id int PRIMARY KEY, amount int, note varchar(20));
-- next file
ALTER TABLE orders ADD COLUMN data JSON DEFAULT NULL; -- found

-- case: with its schema
CREATE TABLE orders (id int PRIMARY KEY, amount int, note varchar(20));
-- next file
ALTER TABLE orders ADD COLUMN data pg_catalog.json; -- found

-- case: an array
CREATE TABLE orders (id int PRIMARY KEY, amount int, note varchar(20));
-- next file
ALTER TABLE orders ADD COLUMN data json[]; -- found

-- case: jsonb
CREATE TABLE orders (id int PRIMARY KEY, amount int, note varchar(20));
-- next file
ALTER TABLE orders ADD COLUMN data jsonb DEFAULT '{}';

-- case: a column of that name
CREATE TABLE orders (id int PRIMARY KEY, amount int, note varchar(20));
-- next file
ALTER TABLE orders ADD COLUMN json text;

-- case: a type of that name
CREATE TABLE orders (id int PRIMARY KEY, amount int, note varchar(20));
-- next file
ALTER TABLE orders ADD COLUMN data legacy.json;

-- case: a new table
CREATE TABLE t (data json);
ALTER TABLE t ADD COLUMN more json;
