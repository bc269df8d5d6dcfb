-- migrate:up
ALTER TABLE squads RENAME TO clubs;
