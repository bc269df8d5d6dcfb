-- case: an update
ALTER EXTENSION postgis UPDATE; -- found

-- case: it is made
CREATE EXTENSION IF NOT EXISTS postgis;
