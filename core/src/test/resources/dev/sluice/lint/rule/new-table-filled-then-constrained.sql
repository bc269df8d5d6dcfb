-- case: filled first
CREATE TABLE orders (id int PRIMARY KEY);
-- next file
CREATE TABLE lines (id int, order_id int);
INSERT INTO lines SELECT g, g FROM generate_series(1, 1000000) g;
ALTER TABLE lines ADD FOREIGN KEY (order_id) REFERENCES orders; -- found

-- case: empty
CREATE TABLE orders (id int PRIMARY KEY);
-- next file
CREATE TABLE lines (id int, order_id int);
ALTER TABLE lines ADD FOREIGN KEY (order_id) REFERENCES orders;
INSERT INTO lines SELECT g, g FROM generate_series(1, 1000000) g;

-- case: not checked
CREATE TABLE orders (id int PRIMARY KEY);
-- next file
CREATE TABLE lines (id int, order_id int);
INSERT INTO lines SELECT g, g FROM generate_series(1, 1000000) g;
ALTER TABLE lines ADD FOREIGN KEY (order_id) REFERENCES orders NOT VALID;

-- case: both are new
CREATE TABLE orders (id int PRIMARY KEY);
CREATE TABLE lines (id int, order_id int);
INSERT INTO lines SELECT g, g FROM generate_series(1, 1000000) g;
ALTER TABLE lines ADD FOREIGN KEY (order_id) REFERENCES orders;
