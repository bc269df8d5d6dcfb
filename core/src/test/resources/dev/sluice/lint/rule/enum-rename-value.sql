-- case: a type in use
CREATE TYPE mood AS ENUM ('sad');
-- next file
ALTER TYPE mood RENAME VALUE 'sad' TO 'blue'; -- found

-- case: a new type
CREATE TYPE mood AS ENUM ('sad');
ALTER TYPE mood RENAME VALUE 'sad' TO 'blue';

-- case: a new label
CREATE TYPE mood AS ENUM ('sad');
-- next file
ALTER TYPE mood ADD VALUE 'blue';
