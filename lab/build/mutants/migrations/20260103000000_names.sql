-- migrate:up
ALTER TABLE players ADD COLUMN name text;
UPDATE players SET name = concat(first_name, '|', last_name);
ALTER TABLE players DROP COLUMN first_name, DROP COLUMN last_name;
-- migrate:down
ALTER TABLE players ADD COLUMN first_name text, ADD COLUMN last_name text;
UPDATE players SET first_name = split_part(name, '|', 1), last_name = split_part(name, '|', 2);
ALTER TABLE players DROP COLUMN name;
