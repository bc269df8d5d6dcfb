-- case: twice
UPDATE a SET b = 1, b = 2 WHERE id = 7; -- found
INSERT INTO a (b, b) VALUES (1, 2); -- found
CREATE TABLE c (b int, b text); -- found

-- case: once
UPDATE a SET b = 1, c = 2 WHERE id = 7;
INSERT INTO a (b, c) VALUES (1, 2);
CREATE TABLE c (b int, d text);

-- case: parts of a column
UPDATE a SET b[1] = 1, b[2] = 2 WHERE id = 7;
