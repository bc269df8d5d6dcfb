-- migrate:up
ALTER TABLE players ALTER COLUMN team TYPE bigint, ALTER COLUMN code TYPE bigint, ALTER COLUMN score TYPE bigint;
