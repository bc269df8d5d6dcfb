-- case: by hand
DELETE FROM pg_enum WHERE enumlabel = 'sad'; -- found

-- case: by a new type
CREATE TYPE mood AS ENUM ('sad', 'happy');
CREATE TABLE people (mood mood);
-- next file
ALTER TYPE mood RENAME TO mood_old; -- found
CREATE TYPE mood AS ENUM ('happy');

-- case: a name alone
CREATE TYPE mood AS ENUM ('sad', 'happy');
-- next file
ALTER TYPE mood RENAME TO humour;
DELETE FROM moods WHERE id = 7;
