-- migrate:up
ALTER TABLE products ADD COLUMN price_cents integer;
UPDATE products SET price_cents = price * 100;
ALTER TABLE products ALTER COLUMN price_cents SET NOT NULL;
ALTER TABLE products DROP COLUMN price;

-- migrate:down
ALTER TABLE products ADD COLUMN price numeric(10,2);
UPDATE products SET price = price_cents / 100.0;
ALTER TABLE products ALTER COLUMN price SET NOT NULL;
ALTER TABLE products DROP COLUMN price_cents;
