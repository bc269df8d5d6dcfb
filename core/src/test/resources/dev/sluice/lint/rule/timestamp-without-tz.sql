-- case: without
CREATE TABLE a (at timestamp); -- found
ALTER TABLE a ADD COLUMN b timestamp(3) without time zone; -- found

-- case: with
CREATE TABLE a (at timestamptz, b timestamp with time zone, c date);
