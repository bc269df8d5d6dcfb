-- migrate:up
ALTER TABLE teams RENAME TO squads;
UPDATE players SET score = score + 1 WHERE score < 100;
DELETE FROM games WHERE id % 3 = 0;
