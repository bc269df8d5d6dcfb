-- case: with a check
CREATE DOMAIN d AS int CHECK (VALUE > 0); -- found
CREATE DOMAIN e AS int NOT NULL; -- found

-- case: without
CREATE DOMAIN d AS numeric(12, 2);
CREATE DOMAIN e AS int DEFAULT 7;
