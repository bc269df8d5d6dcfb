-- case: the last file comes before one that the branch has (late)
CREATE TABLE orders (id bigint PRIMARY KEY);
-- next file
ALTER TABLE orders ADD COLUMN note text; -- found
CREATE INDEX ON orders (note);
-- case: in order
CREATE TABLE orders (id bigint PRIMARY KEY);
-- next file
ALTER TABLE orders ADD COLUMN note text;
