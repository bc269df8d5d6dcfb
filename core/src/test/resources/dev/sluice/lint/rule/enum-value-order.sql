-- case: without a place
ALTER TYPE mood ADD VALUE 'happy'; -- found

-- case: with a place
ALTER TYPE mood ADD VALUE 'happy' AFTER 'sad';
ALTER TYPE mood ADD VALUE IF NOT EXISTS 'ok' BEFORE 'happy';
ALTER TYPE mood RENAME VALUE 'ok' TO 'fine';
