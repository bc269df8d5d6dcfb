-- case: an enum
CREATE TYPE mood AS ENUM ('sad', 'happy'); -- found

-- case: other types
CREATE TYPE pair AS (a int, b int);
CREATE DOMAIN d AS text;
