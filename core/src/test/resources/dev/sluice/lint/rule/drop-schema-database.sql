-- case: with all that is in it
DROP SCHEMA sales CASCADE; -- found

-- case: a database (no transaction)
DROP DATABASE sales; -- found

-- case: an empty schema
DROP SCHEMA sales;

-- case: made here
CREATE SCHEMA work;
DROP SCHEMA work CASCADE;
