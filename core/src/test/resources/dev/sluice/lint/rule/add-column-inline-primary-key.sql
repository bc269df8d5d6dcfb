-- case: a serial
CREATE TABLE orders (note text);
-- next file
ALTER TABLE orders ADD COLUMN n bigserial PRIMARY KEY; -- found

-- case: a plain column
CREATE TABLE orders (note text);
-- next file
ALTER TABLE orders ADD COLUMN n bigint PRIMARY KEY; -- found

-- case: the table is new
CREATE TABLE orders (note text);
ALTER TABLE orders ADD COLUMN n bigserial PRIMARY KEY;

-- case: UNIQUE is another thing
CREATE TABLE orders (id int PRIMARY KEY, amount int, note varchar(20));
-- next file
ALTER TABLE orders ADD COLUMN n bigint UNIQUE;
