-- case: too long
CREATE TABLE a_name_of_a_table_that_somebody_made_much_longer_than_names_can_be_here (id int); -- found
ALTER TABLE a ADD CONSTRAINT a_name_of_a_constraint_that_somebody_made_much_longer_than_names_can CHECK (id > 7); -- found

-- case: as long as can be
CREATE TABLE a23456789012345678901234567890123456789012345678901234567890123 (id int);

-- case: a long text
INSERT INTO a VALUES ('a text that is longer than 63 bytes, which no name can be, but a text can');
