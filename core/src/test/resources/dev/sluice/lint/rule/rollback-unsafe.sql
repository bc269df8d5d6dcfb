-- case: going back rewrites the table
CREATE TABLE orders (id bigint PRIMARY KEY, amount int);
-- next file
ALTER TABLE orders ALTER COLUMN amount TYPE bigint;
-- way back
ALTER TABLE orders ALTER COLUMN amount TYPE int; -- found
-- case: going back builds an index while writers wait
CREATE TABLE orders (id bigint PRIMARY KEY, amount int);
CREATE INDEX amounts ON orders (amount);
-- next file
DROP INDEX amounts;
-- way back
CREATE INDEX amounts ON orders (amount); -- found
-- case: what was there before the migration goes
CREATE TABLE orders (id bigint PRIMARY KEY, amount int);
-- next file
ALTER TABLE orders ADD COLUMN total bigint;
-- way back
ALTER TABLE orders DROP COLUMN amount; -- found
-- case: the way back fails
CREATE TABLE orders (id bigint PRIMARY KEY, amount int);
-- next file
CREATE INDEX CONCURRENTLY amounts ON orders (amount);
-- way back
BEGIN;
DROP INDEX CONCURRENTLY amounts; -- found
COMMIT;
-- case: what the migration brought goes again
CREATE TABLE orders (id bigint PRIMARY KEY);
-- next file
CREATE TABLE items (id bigint PRIMARY KEY, note text);
ALTER TABLE orders ADD COLUMN note text;
-- way back
DROP TABLE items;
ALTER TABLE orders DROP COLUMN note;
-- case: the name that it had
CREATE TABLE orders (id bigint PRIMARY KEY, note text);
-- next file
ALTER TABLE orders RENAME COLUMN note TO remark;
-- way back
ALTER TABLE orders RENAME COLUMN remark TO note;
-- case: what a way back does is not there for the next migration
CREATE TABLE orders (id bigint PRIMARY KEY);
-- next file
CREATE TABLE items (id bigint PRIMARY KEY);
-- way back
DROP TABLE items;
-- next file
DROP TABLE items;
-- way back
CREATE TABLE items (id bigint PRIMARY KEY);
