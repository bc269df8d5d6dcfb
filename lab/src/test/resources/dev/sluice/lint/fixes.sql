-- fix: add-column-default-then-dropped, other catalog: the default stays
CREATE TABLE orders (id bigint PRIMARY KEY);
-- before
ALTER TABLE orders ADD COLUMN note text NOT NULL DEFAULT '';
-- the new code says what it wants
ALTER TABLE orders
    ALTER COLUMN note DROP DEFAULT;
-- after
ALTER TABLE orders ADD COLUMN note text NOT NULL DEFAULT '';
-- once no code leaves it out: ALTER TABLE orders ALTER COLUMN note DROP DEFAULT;
-- the new code says what it wants
-- fix: add-column-default-then-dropped, other catalog: the default stays
CREATE TABLE orders (id bigint PRIMARY KEY, old int);
-- before
ALTER TABLE orders ADD COLUMN note text NOT NULL DEFAULT '';
ALTER TABLE orders ALTER COLUMN note DROP DEFAULT, ALTER old SET DEFAULT 3;
-- after
ALTER TABLE orders ADD COLUMN note text NOT NULL DEFAULT '';
-- once no code leaves it out: ALTER TABLE orders ALTER COLUMN note DROP DEFAULT;
ALTER TABLE orders ALTER old SET DEFAULT 3;
-- fix: add-column-json, other catalog: jsonb
CREATE TABLE orders (id bigint PRIMARY KEY);
-- before
ALTER TABLE orders ADD COLUMN "é" JSON NOT NULL DEFAULT '{"a":"json"}';
-- after
ALTER TABLE orders ADD COLUMN "é" jsonb NOT NULL DEFAULT '{"a":"json"}';
-- fix: mismatched-reference-type, other catalog: bigint
CREATE TABLE customers (id bigint PRIMARY KEY);
-- before
CREATE TABLE orders (id bigint PRIMARY KEY, customer_id INTEGER NOT NULL REFERENCES customers);
-- after
CREATE TABLE orders (id bigint PRIMARY KEY, customer_id bigint NOT NULL REFERENCES customers);
-- fix: change-type-timestamptz
CREATE TABLE orders (id bigint PRIMARY KEY, at timestamp(3));
-- before
-- UTC is what the application writes
ALTER TABLE orders ALTER COLUMN at TYPE timestamptz(3) USING at AT TIME ZONE 'UTC';
-- after
SET LOCAL timezone = 'UTC';
-- UTC is what the application writes
ALTER TABLE orders ALTER COLUMN at TYPE timestamptz(3);
-- fix: change-type-loses-statistics (no transaction)
CREATE TABLE orders (id bigint PRIMARY KEY, code varchar(10), other varchar(5));
-- before
ALTER TABLE orders ALTER code TYPE varchar(20), ALTER other TYPE text; -- wider
SELECT 1;
-- after
ALTER TABLE orders ALTER code TYPE varchar(20), ALTER other TYPE text; -- wider
ANALYZE orders (code, other);
SELECT 1;
-- fix: set-not-null-drop-check-same-statement
CREATE TABLE orders (id bigint PRIMARY KEY, note text, CONSTRAINT filled CHECK (note IS NOT NULL));
-- before
ALTER TABLE ONLY orders DROP CONSTRAINT filled, ALTER COLUMN note SET NOT NULL
-- after
ALTER TABLE ONLY orders ALTER COLUMN note SET NOT NULL;
ALTER TABLE ONLY orders DROP CONSTRAINT filled
-- fix: not-null-valid-constraint-18 (PostgreSQL 18), other catalog: a later migration has to validate it
CREATE TABLE orders (id bigint PRIMARY KEY, amount int);
-- before
ALTER TABLE orders ADD CONSTRAINT n NOT NULL amount;
-- after
ALTER TABLE orders ADD CONSTRAINT n NOT NULL amount NOT VALID;
-- fix: not-null-valid-constraint-18 (PostgreSQL 18) (no transaction)
CREATE TABLE orders (id bigint PRIMARY KEY, amount int);
-- before
ALTER TABLE orders ADD CONSTRAINT "N" NOT NULL amount
-- after
ALTER TABLE orders ADD CONSTRAINT "N" NOT NULL amount NOT VALID;
ALTER TABLE orders VALIDATE CONSTRAINT "N"
-- fix: not-null-promote-with-set-18 (PostgreSQL 18)
CREATE TABLE orders (id bigint PRIMARY KEY, note text);
ALTER TABLE orders ADD CONSTRAINT "Filled" NOT NULL note NOT VALID;
-- before
ALTER TABLE ONLY public.orders ALTER COLUMN note SET NOT NULL;
-- after
ALTER TABLE ONLY public.orders VALIDATE CONSTRAINT "Filled";
-- fix: validate-combined-subcommands (no transaction)
CREATE TABLE orders (id bigint PRIMARY KEY, amount int, old text);
ALTER TABLE orders ADD CONSTRAINT positive CHECK (amount > 0) NOT VALID;
-- before
ALTER TABLE orders VALIDATE CONSTRAINT positive, DROP COLUMN old;
-- after
ALTER TABLE orders DROP COLUMN old;
ALTER TABLE orders VALIDATE CONSTRAINT positive;
-- fix: fk-missing-index, other catalog: an index more
CREATE TABLE customers (id bigint PRIMARY KEY);
-- before
CREATE TABLE orders (
    id bigint PRIMARY KEY,
    customer_id bigint REFERENCES customers
); -- of customers
-- after
CREATE TABLE orders (
    id bigint PRIMARY KEY,
    customer_id bigint REFERENCES customers
); -- of customers
CREATE INDEX ON orders (customer_id);
-- fix: fk-missing-index (no transaction), other catalog: an index more
CREATE TABLE customers (id bigint PRIMARY KEY);
CREATE TABLE orders (id bigint PRIMARY KEY, customer_id bigint);
-- before
/* the key */ ALTER TABLE orders ADD CONSTRAINT c FOREIGN KEY (customer_id) REFERENCES customers NOT VALID;
-- after
/* the key */ CREATE INDEX CONCURRENTLY ON orders (customer_id);
ALTER TABLE orders ADD CONSTRAINT c FOREIGN KEY (customer_id) REFERENCES customers NOT VALID;
-- fix: unnamed-constraint
CREATE TABLE orders (id bigint PRIMARY KEY, amount int, note text);
-- before
ALTER TABLE ONLY orders ADD UNIQUE (amount, note);
ALTER TABLE orders ADD CHECK (amount > 0) NOT VALID;
ALTER TABLE orders ADD FOREIGN KEY (id) REFERENCES orders NOT VALID;
-- after
ALTER TABLE ONLY orders ADD CONSTRAINT orders_amount_note_key UNIQUE (amount, note);
ALTER TABLE orders ADD CONSTRAINT orders_amount_check CHECK (amount > 0) NOT VALID;
ALTER TABLE orders ADD CONSTRAINT orders_id_fkey FOREIGN KEY (id) REFERENCES orders NOT VALID;
-- fix: create-index-blocking (alone)
CREATE TABLE orders (id bigint PRIMARY KEY, amount int);
-- before
CREATE /* INDEX */ UNIQUE INDEX "index" ON orders (amount);
-- after
CREATE /* INDEX */ UNIQUE INDEX CONCURRENTLY "index" ON orders (amount);
-- fix: create-index-blocking (no transaction)
CREATE TABLE orders (id bigint PRIMARY KEY, amount int);
-- before
CREATE INDEX a ON orders (amount);
CREATE INDEX b ON orders (amount, id);
-- after
CREATE INDEX CONCURRENTLY a ON orders (amount);
CREATE INDEX CONCURRENTLY b ON orders (amount, id);
-- fix: concurrently-in-transaction (no transaction), fails before
CREATE TABLE orders (id bigint PRIMARY KEY, amount int);
-- before
BEGIN;
CREATE INDEX CONCURRENTLY a ON orders (amount);
COMMIT;
-- after
CREATE INDEX CONCURRENTLY a ON orders (amount);
-- fix: concurrently-in-transaction (no transaction), fails before
CREATE TABLE orders (id bigint PRIMARY KEY, amount int);
-- before
BEGIN;
ALTER TABLE orders ADD COLUMN b int;
-- for the list
CREATE INDEX CONCURRENTLY a ON orders (amount);
COMMIT;
SELECT 1;
-- after
BEGIN;
ALTER TABLE orders ADD COLUMN b int;
COMMIT;
-- for the list
CREATE INDEX CONCURRENTLY a ON orders (amount);
SELECT 1;
-- fix: drop-index-blocking (alone)
CREATE TABLE orders (id bigint PRIMARY KEY, amount int);
CREATE INDEX a ON orders (amount);
-- before
DROP INDEX IF EXISTS a;
-- after
DROP INDEX CONCURRENTLY IF EXISTS a;
-- fix: drop-index-concurrently-illegal (no transaction), fails before
CREATE TABLE orders (id bigint PRIMARY KEY, amount int);
CREATE INDEX a ON orders (amount);
CREATE INDEX "B" ON orders (amount, id);
-- before
DROP INDEX CONCURRENTLY IF EXISTS a, public."B";
-- after
DROP INDEX CONCURRENTLY IF EXISTS a;
DROP INDEX CONCURRENTLY IF EXISTS public."B";
-- fix: drop-index-concurrently-illegal, fails before
CREATE TABLE orders (id bigint PRIMARY KEY, amount int CONSTRAINT one UNIQUE);
-- before
DROP INDEX one;
-- after
ALTER TABLE public.orders DROP CONSTRAINT one;
-- fix: replace-index-order (no transaction)
CREATE TABLE orders (id bigint PRIMARY KEY, amount int);
CREATE INDEX a ON orders (amount);
-- before
DROP INDEX CONCURRENTLY a;
-- does more
CREATE INDEX CONCURRENTLY b ON orders (amount, id);
-- after
CREATE INDEX CONCURRENTLY b ON orders (amount, id);
-- does more
DROP INDEX CONCURRENTLY a;
-- fix: reindex-blocking (alone)
CREATE TABLE orders (id bigint PRIMARY KEY, amount int);
CREATE INDEX a ON orders (amount);
-- before
reindex index a;
-- after
reindex index CONCURRENTLY a;
-- fix: expression-index-no-analyze (no transaction)
CREATE TABLE orders (id bigint PRIMARY KEY, note text);
-- before
CREATE INDEX CONCURRENTLY a ON public.orders (lower(note));
-- after
CREATE INDEX CONCURRENTLY a ON public.orders (lower(note));
ANALYZE public.orders;
-- fix: detach-partition (alone), other catalog: PostgreSQL leaves a CHECK of the bound
CREATE TABLE orders (id bigint PRIMARY KEY, amount int) PARTITION BY RANGE (id);
CREATE TABLE orders_1 PARTITION OF orders FOR VALUES FROM (0) TO (100);
-- before
ALTER TABLE orders DETACH PARTITION orders_1;
-- after
ALTER TABLE orders DETACH PARTITION orders_1 CONCURRENTLY;
-- fix: drop-cascade
CREATE TABLE orders (id bigint PRIMARY KEY, amount int);
CREATE TABLE items (order_id bigint CONSTRAINT "Of" REFERENCES orders);
CREATE TABLE other (id bigint);
-- before
DROP TABLE orders, other CASCADE;
-- after
ALTER TABLE public.items DROP CONSTRAINT "Of";
DROP TABLE orders, other;
-- fix: drop-cascade
CREATE TABLE orders (id bigint PRIMARY KEY, amount int, note text);
-- before
ALTER TABLE orders DROP COLUMN note CASCADE, DROP COLUMN amount;
-- after
ALTER TABLE orders DROP COLUMN note, DROP COLUMN amount;
-- fix: truncate-cascade
CREATE TABLE orders (id bigint PRIMARY KEY);
CREATE TABLE items (order_id bigint REFERENCES orders);
-- before
TRUNCATE orders RESTART IDENTITY CASCADE;
-- after
TRUNCATE orders, public.items RESTART IDENTITY;
-- fix: refresh-matview-blocking
CREATE TABLE orders (id bigint PRIMARY KEY);
CREATE MATERIALIZED VIEW v AS SELECT id FROM orders;
CREATE UNIQUE INDEX u ON v (id);
-- before
REFRESH MATERIALIZED VIEW v;
-- after
REFRESH MATERIALIZED VIEW CONCURRENTLY v;
-- fix: enum-add-value-in-transaction (no transaction), fails before
CREATE TYPE mood AS ENUM ('good');
CREATE TABLE orders (id bigint PRIMARY KEY, m mood);
-- before
BEGIN;
ALTER TYPE mood ADD VALUE 'bad';
INSERT INTO orders VALUES (1, 'bad');
COMMIT;
-- after
ALTER TYPE mood ADD VALUE 'bad';
BEGIN;
INSERT INTO orders VALUES (1, 'bad');
COMMIT;
-- fix: missing-lock-timeout
CREATE TABLE orders (id bigint PRIMARY KEY);
-- before
-- a flag
ALTER TABLE orders ADD COLUMN flag boolean;
-- after
SET LOCAL lock_timeout = '2s';
-- a flag
ALTER TABLE orders ADD COLUMN flag boolean;
-- fix: missing-lock-timeout (no transaction)
CREATE TABLE orders (id bigint PRIMARY KEY);
-- before
ALTER TABLE orders ADD COLUMN flag boolean;
-- after
SET lock_timeout = '2s';
ALTER TABLE orders ADD COLUMN flag boolean;
-- fix: lock-timeout-too-long
CREATE TABLE orders (id bigint PRIMARY KEY);
-- before
SET LOCAL lock_timeout TO '10min';
ALTER TABLE orders ADD COLUMN flag boolean;
-- after
SET LOCAL lock_timeout TO '2s';
ALTER TABLE orders ADD COLUMN flag boolean;
-- fix: missing-statement-timeout
CREATE TABLE orders (id bigint PRIMARY KEY, amount int);
-- before
ALTER TABLE orders ADD CONSTRAINT positive CHECK (amount > 0);
-- after
SET LOCAL statement_timeout = '30s';
ALTER TABLE orders ADD CONSTRAINT positive CHECK (amount > 0);
-- fix: set-local-outside-transaction (no transaction)
CREATE TABLE orders (id bigint PRIMARY KEY);
-- before
set local lock_timeout = '1s';
ALTER TABLE orders ADD COLUMN flag boolean;
-- after
SET lock_timeout = '1s';
ALTER TABLE orders ADD COLUMN flag boolean;
-- fix: session-setting-with-pooler
CREATE TABLE orders (id bigint PRIMARY KEY);
-- before
SET SESSION lock_timeout = '1s';
ALTER TABLE orders ADD COLUMN flag boolean;
-- after
SET LOCAL lock_timeout = '1s';
ALTER TABLE orders ADD COLUMN flag boolean;
-- fix: multiple-alter-same-table
CREATE TABLE orders (id bigint PRIMARY KEY, amount int, n int);
-- before
ALTER TABLE orders ALTER COLUMN amount TYPE bigint;
ALTER TABLE orders ALTER COLUMN n TYPE bigint, ALTER COLUMN n SET NOT NULL;
-- after
ALTER TABLE orders ALTER COLUMN amount TYPE bigint, ALTER COLUMN n TYPE bigint, ALTER COLUMN n SET NOT NULL;
-- fix: nested-transaction
CREATE TABLE orders (id bigint PRIMARY KEY);
-- before
BEGIN;
ALTER TABLE orders ADD COLUMN flag boolean;
COMMIT;
-- after
ALTER TABLE orders ADD COLUMN flag boolean;
-- fix: uncommitted-transaction (no transaction), other catalog: the changes stay
CREATE TABLE orders (id bigint PRIMARY KEY);
-- before
BEGIN;
ALTER TABLE orders ADD COLUMN flag boolean
-- after
BEGIN;
ALTER TABLE orders ADD COLUMN flag boolean;
COMMIT
-- fix: non-idempotent-step (no transaction)
CREATE TABLE orders (id bigint PRIMARY KEY, old int, older int, CONSTRAINT c CHECK (id > 0));
-- before
ALTER TABLE orders ADD COLUMN flag boolean, ADD amount int, DROP old, DROP COLUMN IF EXISTS older, DROP CONSTRAINT c;
CREATE TABLE items (id bigint PRIMARY KEY);
CREATE INDEX CONCURRENTLY a ON public.orders (amount);
DROP INDEX CONCURRENTLY a;
-- after
ALTER TABLE orders ADD COLUMN IF NOT EXISTS flag boolean, ADD COLUMN IF NOT EXISTS amount int, DROP COLUMN IF EXISTS old, DROP COLUMN IF EXISTS older, DROP CONSTRAINT IF EXISTS c;
CREATE TABLE IF NOT EXISTS items (id bigint PRIMARY KEY);
DROP INDEX CONCURRENTLY IF EXISTS public.a;
CREATE INDEX CONCURRENTLY a ON public.orders (amount);
DROP INDEX CONCURRENTLY IF EXISTS a;
-- fix: unused-suppression
CREATE TABLE orders (id bigint PRIMARY KEY);
-- before
-- sluice:allow create-index-blocking reason="small"
ALTER TABLE orders ADD COLUMN flag boolean;
-- after
ALTER TABLE orders ADD COLUMN flag boolean;
-- fix: unused-suppression
CREATE TABLE orders (id bigint PRIMARY KEY);
-- before
-- sluice:allow create-index-blockin reason="small"
ALTER TABLE orders ADD COLUMN flag boolean;
-- after
ALTER TABLE orders ADD COLUMN flag boolean;
-- fix: integer-primary-key, other catalog: bigint
CREATE TABLE other (id bigint PRIMARY KEY);
-- before
CREATE TABLE orders (id SERIAL PRIMARY KEY);
CREATE TABLE items (id int, PRIMARY KEY (id));
-- after
CREATE TABLE orders (id bigserial PRIMARY KEY);
CREATE TABLE items (id bigint, PRIMARY KEY (id));
-- fix: varchar-n, other catalog: text with a check
CREATE TABLE other (id bigint PRIMARY KEY);
-- before
CREATE TABLE orders (id bigint PRIMARY KEY, "Note" character varying ( 20 ) COLLATE "C" NOT NULL DEFAULT 'a', b varchar(3)[]);
-- after
CREATE TABLE orders (id bigint PRIMARY KEY, "Note" text CHECK (length("Note") <= 20) COLLATE "C" NOT NULL DEFAULT 'a', b varchar(3)[]);
-- fix: char-n, other catalog: text with a check
CREATE TABLE other (id bigint PRIMARY KEY);
-- before
CREATE TABLE orders (id char(36) PRIMARY KEY, b char);
-- after
CREATE TABLE orders (id text CHECK (length(id) <= 36) PRIMARY KEY, b text CHECK (length(b) <= 1));
-- fix: timestamp-without-tz, other catalog: timestamptz
CREATE TABLE other (id bigint PRIMARY KEY);
-- before
CREATE TABLE orders (id bigint PRIMARY KEY, at timestamp (3) without time zone NOT NULL DEFAULT now(), b TIMESTAMP, c timestamp DEFAULT (now() AT TIME ZONE 'utc'));
-- after
CREATE TABLE orders (id bigint PRIMARY KEY, at timestamptz(3) NOT NULL DEFAULT now(), b timestamptz, c timestamp DEFAULT (now() AT TIME ZONE 'utc'));
-- fix: serial-column, other catalog: identity
CREATE TABLE other (id bigint PRIMARY KEY);
-- before
CREATE TABLE orders (id bigserial PRIMARY KEY, n serial);
-- after
CREATE TABLE orders (id bigint GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY, n integer GENERATED BY DEFAULT AS IDENTITY);
-- fix: column-alignment
CREATE TABLE other (id bigint PRIMARY KEY);
-- before
CREATE TABLE orders (a boolean, b bigint NOT NULL, c boolean, d bigint DEFAULT (1), e text, UNIQUE (a, b));
-- after
CREATE TABLE orders (b bigint NOT NULL, d bigint DEFAULT (1), a boolean, c boolean, e text, UNIQUE (a, b));
-- fix: identifier-too-long
CREATE TABLE orders (id bigint PRIMARY KEY);
-- before
CREATE INDEX A_very_long_name_for_an_index_that_is_on_the_column_id_of_orders_alone ON orders (id);
-- after
CREATE INDEX a_very_long_name_for_an_index_that_is_on_the_column_id_of_order ON orders (id);
-- fix: duplicate-assignment, fails before
CREATE TABLE orders (id bigint PRIMARY KEY, amount int, n int);
-- before
UPDATE orders SET amount = f.a, n = 2, amount=f.a FROM (SELECT 1 AS a) f WHERE id = 1;
-- after
UPDATE orders SET amount = f.a, n = 2 FROM (SELECT 1 AS a) f WHERE id = 1;
