-- case: a sequence in use
CREATE SEQUENCE s;
-- next file
ALTER SEQUENCE s INCREMENT BY 10; -- found

-- case: one that no script made
ALTER SEQUENCE s RESTART; -- found

-- case: a new one
CREATE SEQUENCE s;
CREATE TABLE orders (id serial);
ALTER SEQUENCE s OWNED BY orders.id;
ALTER SEQUENCE orders_id_seq AS bigint;

-- case: setval
CREATE SEQUENCE s;
-- next file
SELECT setval('s', 100);
