-- case: no ANALYZE
CREATE TABLE people (mail text);
-- next file
CREATE INDEX ON people (lower(mail)); -- found

-- case: with ANALYZE (no transaction)
CREATE TABLE people (mail text);
-- next file
CREATE INDEX CONCURRENTLY i ON people (lower(mail));
ANALYZE people;

-- case: of columns
CREATE TABLE people (mail text);
-- next file
CREATE INDEX ON people (mail);

-- case: a table of the same migration
CREATE TABLE people (mail text);
CREATE INDEX ON people (lower(mail));
