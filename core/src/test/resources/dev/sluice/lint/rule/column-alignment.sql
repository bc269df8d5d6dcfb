-- case: gaps
CREATE TABLE a (ok boolean, id bigint, done boolean, at timestamptz); -- found

-- case: wide ones first
CREATE TABLE a (id bigint, at timestamptz, ok boolean, done boolean);

-- case: too little to matter
CREATE TABLE a (ok boolean, id int);

-- case: nothing is known after a text
CREATE TABLE a (note text, ok boolean, id bigint, done boolean, at timestamptz);
