-- migrate:up
CREATE INDEX orders_placed_at_idx ON orders (placed_at);

-- migrate:down
DROP INDEX orders_placed_at_idx;
