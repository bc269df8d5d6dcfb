-- case: an int for a bigint
CREATE TABLE accounts (id bigint PRIMARY KEY);
-- next file
CREATE TABLE t (id int, account int REFERENCES accounts); -- found

-- case: a new column
CREATE TABLE accounts (id bigserial PRIMARY KEY);
CREATE TABLE orders (id int PRIMARY KEY, amount int, note varchar(20));
-- next file
ALTER TABLE orders ADD COLUMN account int REFERENCES accounts (id); -- found

-- case: a column that is there
CREATE TABLE accounts (id uuid PRIMARY KEY);
CREATE TABLE orders (id int PRIMARY KEY, amount int, note varchar(20));
-- next file
ALTER TABLE orders ADD CONSTRAINT k FOREIGN KEY (amount) REFERENCES accounts NOT VALID; -- found

-- case: two columns
CREATE TABLE p (a int, b bigint, PRIMARY KEY (a, b));
CREATE TABLE c (a int, b int,
  FOREIGN KEY (a, b) REFERENCES p); -- found

-- case: a bigint for an int
CREATE TABLE accounts (id int PRIMARY KEY);
CREATE TABLE orders (id int PRIMARY KEY, amount int, note varchar(20));
-- next file
ALTER TABLE orders ADD COLUMN account bigint REFERENCES accounts;

-- case: text for a varchar
CREATE TABLE accounts (id varchar(10) PRIMARY KEY);
CREATE TABLE orders (id int PRIMARY KEY, amount int, note varchar(20));
-- next file
ALTER TABLE orders ADD COLUMN account text REFERENCES accounts;

-- case: the same type
CREATE TABLE accounts (id uuid PRIMARY KEY);
CREATE TABLE orders (id int PRIMARY KEY, amount int, note varchar(20));
-- next file
ALTER TABLE orders ADD COLUMN account uuid REFERENCES accounts;

-- case: numeric for an int
CREATE TABLE accounts (id int PRIMARY KEY);
CREATE TABLE orders (id int PRIMARY KEY, amount int, note varchar(20));
-- next file
ALTER TABLE orders ADD COLUMN account numeric REFERENCES accounts; -- found

-- case: an int for a numeric
CREATE TABLE accounts (id numeric PRIMARY KEY);
CREATE TABLE orders (id int PRIMARY KEY, amount int, note varchar(20));
-- next file
ALTER TABLE orders ADD COLUMN account int REFERENCES accounts;

-- case: by its name
CREATE TABLE accounts (id bigint PRIMARY KEY);
CREATE TABLE orders (id int PRIMARY KEY, amount int, note varchar(20));
-- next file
ALTER TABLE orders ADD COLUMN account_id int; -- found

-- case: by its name, in a new table
CREATE TABLE account (id bigint PRIMARY KEY);
-- next file
CREATE TABLE t (id int,
  account_id int -- found
);

-- case: the foreign key comes later
CREATE TABLE account (id bigint PRIMARY KEY);
-- next file
CREATE TABLE t (account_id int);
ALTER TABLE t ADD FOREIGN KEY (account_id) REFERENCES account; -- found

-- case: by its name, and it fits
CREATE TABLE accounts (id bigserial PRIMARY KEY);
CREATE TABLE orders (id int PRIMARY KEY, amount int, note varchar(20));
-- next file
ALTER TABLE orders ADD COLUMN account_id bigint;

-- case: no table of that name
CREATE TABLE orders (id int PRIMARY KEY, amount int, note varchar(20));
-- next file
ALTER TABLE orders ADD COLUMN external_id int;

-- case: no script shows the key
CREATE TABLE orders (id int PRIMARY KEY, amount int, note varchar(20));
-- next file
ALTER TABLE orders ADD COLUMN account int REFERENCES accounts;

-- case: a domain
CREATE TABLE accounts (id bigint PRIMARY KEY);
CREATE TABLE orders (id int PRIMARY KEY, amount int, note varchar(20));
-- next file
CREATE DOMAIN account_id AS bigint;
ALTER TABLE orders ADD COLUMN account account_id REFERENCES accounts;
