-- case: a table uses it
CREATE DOMAIN d AS int;
CREATE TABLE orders (amount d);
-- next file
ALTER DOMAIN d ADD CONSTRAINT positive CHECK (VALUE > 0); -- found
ALTER DOMAIN d SET NOT NULL; -- found
ALTER DOMAIN d VALIDATE CONSTRAINT positive; -- found

-- case: not checked
CREATE DOMAIN d AS int;
CREATE TABLE orders (amount d);
-- next file
ALTER DOMAIN d ADD CONSTRAINT positive CHECK (VALUE > 0) NOT VALID;
ALTER DOMAIN d DROP NOT NULL;
ALTER DOMAIN d SET DEFAULT 7;

-- case: no table uses it
CREATE DOMAIN d AS int;
-- next file
ALTER DOMAIN d ADD CONSTRAINT positive CHECK (VALUE > 0);

-- case: a domain that no script made
ALTER DOMAIN d ADD CONSTRAINT positive CHECK (VALUE > 0); -- found

-- case: a table of the same migration
CREATE DOMAIN d AS int;
-- next file
CREATE TABLE orders (amount d);
ALTER DOMAIN d SET NOT NULL;
