-- case: a view
CREATE TABLE orders (id int PRIMARY KEY, c varchar(20));
CREATE VIEW v AS SELECT c FROM orders;
-- next file
ALTER TABLE orders ALTER COLUMN c TYPE text; -- found

-- case: a generated column
CREATE TABLE orders (id int PRIMARY KEY, c int, d int GENERATED ALWAYS AS (c + 1) STORED);
-- next file
ALTER TABLE orders ALTER COLUMN c TYPE bigint; -- found

-- case: a trigger for UPDATE OF
CREATE TABLE orders (id int PRIMARY KEY, c int);
CREATE TRIGGER g AFTER UPDATE OF c ON orders FOR EACH ROW EXECUTE FUNCTION f();
-- next file
ALTER TABLE orders ALTER COLUMN c TYPE bigint; -- found

-- case: the view goes before
CREATE TABLE orders (id int PRIMARY KEY, c varchar(20));
CREATE VIEW v AS SELECT c FROM orders;
-- next file
DROP VIEW v;
ALTER TABLE orders ALTER COLUMN c TYPE text;

-- case: a view of another column
CREATE TABLE orders (id int PRIMARY KEY, c varchar(20), d int);
CREATE VIEW v AS SELECT d FROM orders;
-- next file
ALTER TABLE orders ALTER COLUMN c TYPE text;

-- case: a trigger for UPDATE
CREATE TABLE orders (id int PRIMARY KEY, c int);
CREATE TRIGGER g AFTER UPDATE ON orders FOR EACH ROW EXECUTE FUNCTION f();
-- next file
ALTER TABLE orders ALTER COLUMN c TYPE bigint;

-- case: a view of all columns of another table
CREATE TABLE users (id int, name text, icon int);
CREATE TABLE posts (id int, author int);
CREATE VIEW v AS SELECT *, (SELECT name FROM users u WHERE u.id = p.author) AS author_name FROM posts p;
CREATE VIEW w AS SELECT p.*, u.name FROM posts p JOIN users u ON u.id = p.author;
-- next file
ALTER TABLE users ALTER COLUMN icon TYPE bigint;

-- case: a view of all columns of it
CREATE TABLE users (id int, name text, icon int);
CREATE TABLE posts (id int, author int);
CREATE VIEW v AS SELECT p.id AS post, u.* FROM posts p JOIN users u ON u.id = p.author;
-- next file
ALTER TABLE users ALTER COLUMN icon TYPE bigint; -- found
