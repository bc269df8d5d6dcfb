-- migrate:up
ALTER TABLE orders ADD COLUMN user_id bigint;
UPDATE orders SET user_id = users.id FROM users WHERE users.email = orders.user_email;
ALTER TABLE orders ADD CONSTRAINT orders_user_id_fkey FOREIGN KEY (user_id) REFERENCES users (id);
CREATE INDEX orders_user_id_idx ON orders (user_id);

-- migrate:down
ALTER TABLE orders DROP COLUMN user_id;
