-- case: used in the same transaction
CREATE TYPE mood AS ENUM ('sad');
CREATE TABLE people (id int, mood mood);
-- next file
ALTER TYPE mood ADD VALUE 'happy';
UPDATE people SET mood = 'happy' WHERE id = 7; -- found
ALTER TABLE people ALTER COLUMN mood SET DEFAULT 'happy'; -- found

-- case: in another one (no transaction)
CREATE TYPE mood AS ENUM ('sad');
CREATE TABLE people (id int, mood mood);
-- next file
ALTER TYPE mood ADD VALUE 'happy';
UPDATE people SET mood = 'happy' WHERE id = 7;

-- case: an older label
CREATE TYPE mood AS ENUM ('sad');
CREATE TABLE people (id int, mood mood);
-- next file
ALTER TYPE mood ADD VALUE 'happy';
UPDATE people SET mood = 'sad' WHERE id = 7;

-- case: a type of the same transaction (PostgreSQL 17)
CREATE TYPE mood AS ENUM ('sad');
CREATE TABLE people (id int, mood mood);
ALTER TYPE mood ADD VALUE 'happy';
INSERT INTO people VALUES (1, 'happy');

-- case: a type of the same transaction, too early (PostgreSQL 16)
CREATE TYPE mood AS ENUM ('sad');
CREATE TABLE people (id int, mood mood);
ALTER TYPE mood ADD VALUE 'happy';
INSERT INTO people VALUES (1, 'happy'); -- found
