-- case: with the constraint in one transaction
CREATE TABLE orders (id int PRIMARY KEY, amount int, note varchar(20));
-- next file
ALTER TABLE orders ADD CONSTRAINT positive CHECK (amount > 0) NOT VALID;
ALTER TABLE orders VALIDATE CONSTRAINT positive; -- found

-- case: with another change in one transaction
CREATE TABLE orders (id int PRIMARY KEY, amount int, note varchar(20));
-- next file
ALTER TABLE orders ADD CONSTRAINT positive CHECK (amount > 0) NOT VALID;
-- next file
ALTER TABLE orders ADD COLUMN c int;
ALTER TABLE orders VALIDATE CONSTRAINT positive; -- found

-- case: in an explicit transaction (no transaction)
CREATE TABLE orders (id int PRIMARY KEY, amount int, note varchar(20));
-- next file
ALTER TABLE orders ADD CONSTRAINT positive CHECK (amount > 0) NOT VALID;
-- next file
BEGIN;
ALTER TABLE orders ADD COLUMN c int;
ALTER TABLE orders VALIDATE CONSTRAINT positive; -- found
COMMIT;

-- case: START TRANSACTION (no transaction)
CREATE TABLE orders (id int PRIMARY KEY, amount int, note varchar(20));
-- next file
ALTER TABLE orders ADD CONSTRAINT positive CHECK (amount > 0) NOT VALID;
-- next file
START TRANSACTION;
ALTER TABLE orders ADD COLUMN c int;
ALTER TABLE orders VALIDATE CONSTRAINT positive; -- found
COMMIT;

-- case: BEGIN without COMMIT (no transaction)
CREATE TABLE orders (id int PRIMARY KEY, amount int, note varchar(20));
-- next file
ALTER TABLE orders ADD CONSTRAINT positive CHECK (amount > 0) NOT VALID;
-- next file
BEGIN;
ALTER TABLE orders ADD COLUMN c int;
ALTER TABLE orders VALIDATE CONSTRAINT positive; -- found

-- case: not known
ALTER TABLE orders ADD COLUMN c int;
ALTER TABLE orders VALIDATE CONSTRAINT positive; -- found

-- case: a foreign key whose other table is locked
CREATE TABLE customers (id int PRIMARY KEY);
CREATE TABLE orders (id int PRIMARY KEY, amount int, note varchar(20));
-- next file
ALTER TABLE orders ADD CONSTRAINT k FOREIGN KEY (amount) REFERENCES customers NOT VALID;
-- next file
ALTER TABLE customers ADD COLUMN c int;
ALTER TABLE orders VALIDATE CONSTRAINT k; -- found

-- case: in its own transaction
CREATE TABLE orders (id int PRIMARY KEY, amount int, note varchar(20));
-- next file
ALTER TABLE orders ADD CONSTRAINT positive CHECK (amount > 0) NOT VALID;
-- next file
ALTER TABLE orders VALIDATE CONSTRAINT positive;

-- case: each in its own (no transaction)
CREATE TABLE orders (id int PRIMARY KEY, amount int, note varchar(20));
-- next file
ALTER TABLE orders ADD CONSTRAINT positive CHECK (amount > 0) NOT VALID;
ALTER TABLE orders VALIDATE CONSTRAINT positive;

-- case: COMMIT between them (no transaction)
CREATE TABLE orders (id int PRIMARY KEY, amount int, note varchar(20));
-- next file
BEGIN;
ALTER TABLE orders ADD CONSTRAINT positive CHECK (amount > 0) NOT VALID;
COMMIT;
BEGIN;
ALTER TABLE orders VALIDATE CONSTRAINT positive;
COMMIT;

-- case: after an UPDATE
CREATE TABLE orders (id int PRIMARY KEY, amount int, note varchar(20));
-- next file
ALTER TABLE orders ADD CONSTRAINT positive CHECK (amount > 0) NOT VALID;
-- next file
UPDATE orders SET amount = 1 WHERE amount <= 0;
ALTER TABLE orders VALIDATE CONSTRAINT positive;

-- case: another table is locked
CREATE TABLE t (a int);
CREATE TABLE orders (id int PRIMARY KEY, amount int, note varchar(20));
-- next file
ALTER TABLE orders ADD CONSTRAINT positive CHECK (amount > 0) NOT VALID;
-- next file
ALTER TABLE t ADD COLUMN b int;
ALTER TABLE orders VALIDATE CONSTRAINT positive;

-- case: valid already
CREATE TABLE orders (id int PRIMARY KEY, amount int, note varchar(20));
-- next file
ALTER TABLE orders ADD CONSTRAINT positive CHECK (amount > 0); -- x
-- next file
ALTER TABLE orders ADD COLUMN c int;
ALTER TABLE orders VALIDATE CONSTRAINT positive;
