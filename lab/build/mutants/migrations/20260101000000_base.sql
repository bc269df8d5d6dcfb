-- migrate:up
CREATE TABLE teams (id int PRIMARY KEY, name text NOT NULL DEFAULT 'new');
CREATE TABLE players (
    id int PRIMARY KEY,
    team int REFERENCES teams,
    code int UNIQUE,
    score int NOT NULL DEFAULT 7 CHECK (score >= 0),
    first_name text,
    last_name text
);
CREATE INDEX ON players (score);
GRANT SELECT (score) ON players TO pg_monitor;
CREATE TABLE games (id int PRIMARY KEY, player int REFERENCES players (code));
