package dev.sluice.lab.shop;

/** The shop's tables in the oldest and the newest shape at once. */
final class BothShapes {
    static final String SQL = """
            ALTER TABLE users ADD COLUMN full_name text, ADD COLUMN email_address text;
            ALTER TABLE products ADD COLUMN price_cents integer;
            ALTER TABLE orders ADD COLUMN user_id bigint;
            UPDATE users SET full_name = concat(first_name, ' ', last_name), email_address = email;
            UPDATE products SET price_cents = price * 100;
            UPDATE orders SET user_id = users.id FROM users WHERE users.email = orders.user_email;
            CREATE INDEX ON users (email_address);
            CREATE INDEX ON orders (user_id);

            CREATE FUNCTION users_in_step() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN
                IF TG_OP = 'INSERT' AND NEW.full_name IS NOT NULL
                   OR TG_OP = 'UPDATE' AND NEW.full_name IS DISTINCT FROM OLD.full_name THEN
                    NEW.first_name := split_part(NEW.full_name, ' ', 1);
                    NEW.last_name := substr(NEW.full_name, length(NEW.first_name) + 2);
                ELSE
                    NEW.full_name := concat(NEW.first_name, ' ', NEW.last_name);
                END IF;
                IF TG_OP = 'INSERT' AND NEW.email_address IS NOT NULL
                   OR TG_OP = 'UPDATE' AND NEW.email_address IS DISTINCT FROM OLD.email_address THEN
                    NEW.email := NEW.email_address;
                ELSE
                    NEW.email_address := NEW.email;
                END IF;
                RETURN NEW;
            END $$;
            CREATE TRIGGER in_step BEFORE INSERT OR UPDATE ON users FOR EACH ROW EXECUTE FUNCTION users_in_step();

            CREATE FUNCTION products_in_step() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN
                IF TG_OP = 'INSERT' AND NEW.price_cents IS NOT NULL
                   OR TG_OP = 'UPDATE' AND NEW.price_cents IS DISTINCT FROM OLD.price_cents THEN
                    NEW.price := NEW.price_cents / 100.0;
                ELSE
                    NEW.price_cents := NEW.price * 100;
                END IF;
                RETURN NEW;
            END $$;
            CREATE TRIGGER in_step BEFORE INSERT OR UPDATE ON products FOR EACH ROW EXECUTE FUNCTION products_in_step();

            CREATE FUNCTION orders_in_step() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN
                IF TG_OP = 'INSERT' AND NEW.user_id IS NULL
                   OR TG_OP = 'UPDATE' AND NEW.user_id IS NOT DISTINCT FROM OLD.user_id THEN
                    NEW.user_id := (SELECT id FROM users WHERE email = NEW.user_email);
                END IF;
                RETURN NEW;
            END $$;
            CREATE TRIGGER in_step BEFORE INSERT OR UPDATE ON orders FOR EACH ROW EXECUTE FUNCTION orders_in_step();
            """;

    private BothShapes() {}
}
