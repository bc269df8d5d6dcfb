-- Each entry changes one thing in rich-schema.sql. The header says how the comparison must name it:
--   --# kind | name | attribute [| since <major version>]

--# schema | shop | comment
COMMENT ON SCHEMA shop IS 'other';
--# schema | shop | owner
ALTER SCHEMA shop OWNER TO cat_owner;
--# schema | shop | grant CREATE to cat_reader
GRANT CREATE ON SCHEMA shop TO cat_reader;
--# schema | extra | existence
CREATE SCHEMA extra;

--# table | shop.cache | existence
DROP TABLE shop.cache;
--# table | shop.cache | persistence
ALTER TABLE shop.cache SET LOGGED;
--# table | shop.cache | owner
ALTER TABLE shop.cache OWNER TO cat_owner;
--# table | public.users | comment
COMMENT ON TABLE public.users IS 'other';
--# table | public.users | comment
COMMENT ON TABLE public.users IS NULL;
--# table | public.users | grant INSERT to cat_reader
GRANT INSERT ON public.users TO cat_reader;
--# table | public.users | grant SELECT to cat_reader
REVOKE SELECT ON public.users FROM cat_reader;
--# table | public.users | grant SELECT to cat_reader
GRANT SELECT ON public.users TO cat_reader WITH GRANT OPTION;
--# table | public.users | grant SELECT to PUBLIC
GRANT SELECT ON public.users TO PUBLIC;
--# table | public.users | grant SELECT to odd "role=
GRANT SELECT ON public.users TO "odd ""role=";
--# table | public.users | grant TRUNCATE to postgres
REVOKE TRUNCATE ON public.users FROM postgres;
--# table | public.users | storage options
ALTER TABLE public.users SET (fillfactor = 80);
--# table | public.users | storage options
ALTER TABLE public.users SET (toast.autovacuum_enabled = on);
--# table | public.users | row security
ALTER TABLE public.users DISABLE ROW LEVEL SECURITY;
--# table | public.users | force row security
ALTER TABLE public.users FORCE ROW LEVEL SECURITY;
--# table | public.users | replica identity
ALTER TABLE public.users REPLICA IDENTITY FULL;
--# table | shop.orders | replica identity
ALTER TABLE shop.orders REPLICA IDENTITY DEFAULT;
--# table | shop.birds | inherits
ALTER TABLE shop.birds NO INHERIT shop.animals;
--# table | shop.typed | of type
ALTER TABLE shop.typed NOT OF;
--# table | shop.events_2024 | partition bound
ALTER TABLE shop.events DETACH PARTITION shop.events_2024;
--# table | shop.events_2024 | partition bound
ALTER TABLE shop.events DETACH PARTITION shop.events_2024;
ALTER TABLE shop.events ATTACH PARTITION shop.events_2024 FOR VALUES FROM ('2024-01-01') TO ('2024-07-01');
--# table | shop.events_2024 | partition of
ALTER TABLE shop.events DETACH PARTITION shop.events_2024;
--# table | shop.parted | partition key
CREATE TABLE shop.parted_new (a integer, b integer) PARTITION BY LIST (b);
DROP TABLE shop.parted; ALTER TABLE shop.parted_new RENAME TO parted;
--# table | shop.cache | access method
CREATE ACCESS METHOD heap_too TYPE TABLE HANDLER heap_tableam_handler;
DROP TABLE shop.cache; CREATE UNLOGGED TABLE shop.cache (k text, v jsonb) USING heap_too;
--# table | shop.cache | tablespace
-- by hand: a tablespace of one's own cannot be made in a transaction
UPDATE pg_class SET reltablespace = (SELECT oid FROM pg_tablespace WHERE spcname = 'pg_global')
WHERE oid = 'shop.cache'::regclass;
--# table | shop.far_away | foreign
ALTER FOREIGN TABLE shop.far_away OPTIONS (SET tab 'u');
--# table | shop.cache | kind
DROP TABLE shop.cache; CREATE FOREIGN TABLE shop.cache (k text, v jsonb) SERVER nowhere;

--# column | public.users.age | existence
ALTER TABLE public.users DROP COLUMN age CASCADE;
--# column | public.users.extra | existence
ALTER TABLE public.users ADD COLUMN extra text;
--# column | public.users.price | type
ALTER TABLE public.users ALTER COLUMN price TYPE numeric(12, 2);
--# column | public.users.tags | type
ALTER TABLE public.users ALTER COLUMN tags DROP DEFAULT, ALTER COLUMN tags TYPE varchar[];
--# column | public.users.email | type
ALTER TABLE public.users ALTER COLUMN email TYPE text;
--# column | public.users.price | not null
ALTER TABLE public.users ALTER COLUMN price SET NOT NULL;
--# column | public.users.first_name | not null
ALTER TABLE public.users ALTER COLUMN first_name DROP NOT NULL;
--# column | public.users.price | default
ALTER TABLE public.users ALTER COLUMN price SET DEFAULT 0.000;
--# column | public.users.price | default
ALTER TABLE public.users ALTER COLUMN price DROP DEFAULT;
--# column | public.users.joined | default
ALTER TABLE public.users ALTER COLUMN joined SET DEFAULT '2020-01-01 00:00:01+00';
--# column | public.users.id | identity
ALTER TABLE public.users ALTER COLUMN id SET GENERATED ALWAYS;
--# column | public.users.id | identity
ALTER TABLE public.users ALTER COLUMN id DROP IDENTITY;
--# column | public.users.full_name | generated
ALTER TABLE public.users ALTER COLUMN full_name DROP EXPRESSION;
--# column | public.users.full_name | generation expression
ALTER TABLE public.users DROP COLUMN full_name;
ALTER TABLE public.users ADD COLUMN full_name text GENERATED ALWAYS AS (first_name) STORED;
--# column | public.users.virtual | existence | since 18
ALTER TABLE public.users ADD COLUMN virtual text GENERATED ALWAYS AS (last_name) VIRTUAL;
--# column | public.users.full_name | generated | since 18
ALTER TABLE public.users DROP COLUMN full_name;
ALTER TABLE public.users ADD COLUMN full_name text GENERATED ALWAYS AS (last_name) VIRTUAL;
--# column | shop.orders.code | collation
ALTER TABLE shop.orders ALTER COLUMN code TYPE text COLLATE shop.bytes;
--# column | public.users.tags | storage
ALTER TABLE public.users ALTER COLUMN tags SET STORAGE EXTENDED;
--# column | public.users.first_name | compression
ALTER TABLE public.users ALTER COLUMN first_name SET COMPRESSION default;
--# column | public.users.tags | statistics target
ALTER TABLE public.users ALTER COLUMN tags SET STATISTICS 501;
--# column | public.users.first_name | statistics target
ALTER TABLE public.users ALTER COLUMN first_name SET STATISTICS 0;
--# column | public.users.age | options
ALTER TABLE public.users ALTER COLUMN age RESET (n_distinct);
--# column | shop.far_away.id | options
ALTER FOREIGN TABLE shop.far_away ALTER COLUMN id OPTIONS (SET col 'j');
--# column | public.users.age | comment
COMMENT ON COLUMN public.users.age IS 'months';
--# column | public.users.age | grant UPDATE to cat_reader
REVOKE UPDATE (age) ON public.users FROM cat_reader;
--# column | public.users.id | grant REFERENCES to cat_reader
GRANT REFERENCES (id) ON public.users TO cat_reader;
--# column | shop.orders.id | owned sequence
ALTER SEQUENCE shop.orders_id_seq OWNED BY NONE;
--# column | shop.birds.legs | inherited
ALTER TABLE shop.birds NO INHERIT shop.animals;
--# column | shop.adults.age | default
ALTER VIEW shop.adults ALTER COLUMN age SET DEFAULT 19;
--# column | shop.adults.age | comment
COMMENT ON COLUMN shop.adults.age IS 'x';
--# column | shop.adults.years | existence
ALTER VIEW shop.adults RENAME COLUMN age TO years;
--# column | shop.adults.age | grant SELECT to cat_owner
GRANT SELECT (age) ON shop.adults TO cat_owner;

--# constraint | public.users.age_sane | existence
ALTER TABLE public.users DROP CONSTRAINT age_sane;
--# constraint | public.users.age_sane_too | existence
ALTER TABLE public.users RENAME CONSTRAINT age_sane TO age_sane_too;
--# constraint | public.users.age_sane | definition
ALTER TABLE public.users DROP CONSTRAINT age_sane, ADD CONSTRAINT age_sane CHECK (age BETWEEN 0 AND 201);
--# constraint | public.users.age_sane | validated
ALTER TABLE public.users DROP CONSTRAINT age_sane, ADD CONSTRAINT age_sane CHECK (age BETWEEN 0 AND 200) NOT VALID;
--# constraint | shop.orders.orders_code | validated
ALTER TABLE shop.orders VALIDATE CONSTRAINT orders_code;
--# constraint | public.users.age_sane | no inherit
ALTER TABLE public.users DROP CONSTRAINT age_sane, ADD CONSTRAINT age_sane CHECK (age BETWEEN 0 AND 200) NO INHERIT;
--# constraint | public.users.age_sane | comment
COMMENT ON CONSTRAINT age_sane ON public.users IS 'x';
--# constraint | shop.birds.legs_check | local
ALTER TABLE shop.birds NO INHERIT shop.animals;
--# constraint | shop.birds.legs_check | inherited from
ALTER TABLE shop.birds NO INHERIT shop.animals;
--# constraint | shop.orders.orders_user_fk | definition
ALTER TABLE shop.orders DROP CONSTRAINT orders_user_fk, ADD CONSTRAINT orders_user_fk
  FOREIGN KEY (user_id) REFERENCES public.users (id) ON DELETE SET NULL DEFERRABLE INITIALLY DEFERRED;
--# constraint | shop.orders.orders_user_fk | foreign key
ALTER TABLE shop.orders DROP CONSTRAINT orders_user_fk, ADD CONSTRAINT orders_user_fk
  FOREIGN KEY (user_id) REFERENCES public.users (id) MATCH FULL ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED;
--# constraint | shop.orders.orders_user_fk | deferrable
ALTER TABLE shop.orders ALTER CONSTRAINT orders_user_fk NOT DEFERRABLE;
--# constraint | shop.orders.orders_user_fk | initially deferred
ALTER TABLE shop.orders ALTER CONSTRAINT orders_user_fk DEFERRABLE INITIALLY IMMEDIATE;
--# constraint | shop.orders.orders_user_fk | enforced | since 18
ALTER TABLE shop.orders ALTER CONSTRAINT orders_user_fk NOT ENFORCED;
--# constraint | shop.orders.orders_user_fk | triggers altered
ALTER TABLE shop.orders DISABLE TRIGGER ALL;
--# constraint | shop.orders.orders_user_fk | index
CREATE UNIQUE INDEX users_id_too ON public.users (id);
ALTER TABLE public.users ADD CONSTRAINT users_id_too UNIQUE USING INDEX users_id_too;
ALTER TABLE shop.orders DROP CONSTRAINT orders_user_fk;
ALTER TABLE public.users DROP CONSTRAINT users_pkey;
ALTER TABLE shop.orders ADD CONSTRAINT orders_user_fk FOREIGN KEY (user_id) REFERENCES public.users (id)
  ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED;
--# constraint | public.users.users_email_key | kind
ALTER TABLE public.users DROP CONSTRAINT users_email_key, ADD CONSTRAINT users_email_key CHECK (email <> '');
--# constraint | public.users.users_email_key | columns
ALTER TABLE public.users DROP CONSTRAINT users_email_key, ADD CONSTRAINT users_email_key UNIQUE (email, age);
--# constraint | shop.orders.orders_booked | definition
ALTER TABLE shop.orders DROP CONSTRAINT orders_booked,
  ADD CONSTRAINT orders_booked EXCLUDE USING gist (booked WITH =);
--# constraint | shop.orders.orders_user_nn | existence | since 18
ALTER TABLE shop.orders RENAME CONSTRAINT orders_user_id_not_null TO orders_user_nn;
--# constraint | shop.event_notes.notes_event_fk | existence
ALTER TABLE shop.event_notes DROP CONSTRAINT notes_event_fk;

--# index | public.users.users_tags_idx | existence
DROP INDEX public.users_tags_idx;
--# index | public.users.users_tags | existence
ALTER INDEX public.users_tags_idx RENAME TO users_tags;
--# index | public.users.users_full_idx | unique
DROP INDEX public.users_full_idx;
CREATE INDEX users_full_idx ON public.users (first_name, last_name) WITH (fillfactor = 70);
--# index | public.users.users_full_idx | keys
DROP INDEX public.users_full_idx;
CREATE UNIQUE INDEX users_full_idx ON public.users (last_name, first_name) WITH (fillfactor = 70);
--# index | public.users.users_full_idx | definition
DROP INDEX public.users_full_idx;
CREATE UNIQUE INDEX users_full_idx ON public.users (first_name text_pattern_ops, last_name) WITH (fillfactor = 70);
--# index | public.users.users_full_idx | nulls not distinct | since 15
DROP INDEX public.users_full_idx;
CREATE UNIQUE INDEX users_full_idx ON public.users (first_name, last_name) NULLS NOT DISTINCT WITH (fillfactor = 70);
--# index | public.users.users_name_idx | predicate
DROP INDEX public.users_name_idx;
CREATE INDEX users_name_idx ON public.users (lower(last_name), first_name DESC) INCLUDE (age) WHERE age > 19;
--# index | public.users.users_name_idx | included
DROP INDEX public.users_name_idx;
CREATE INDEX users_name_idx ON public.users (lower(last_name), first_name DESC) INCLUDE (id) WHERE age > 18;
--# index | public.users.users_tags_idx | method
DROP INDEX public.users_tags_idx; CREATE INDEX users_tags_idx ON public.users USING btree (tags);
--# index | public.users.users_full_idx | storage options
ALTER INDEX public.users_full_idx SET (fillfactor = 71);
--# index | public.users.users_name_idx | statistics targets
ALTER INDEX public.users_name_idx ALTER COLUMN 1 SET STATISTICS 301;
--# index | public.users.users_name_idx | comment
COMMENT ON INDEX public.users_name_idx IS 'x';
--# index | public.users.users_tags_idx | valid
UPDATE pg_index SET indisvalid = false WHERE indexrelid = 'public.users_tags_idx'::regclass;
--# index | public.users.users_tags_idx | ready
UPDATE pg_index SET indisready = false WHERE indexrelid = 'public.users_tags_idx'::regclass;
--# index | public.users.users_full_idx | constraint
ALTER TABLE public.users ADD CONSTRAINT users_full_idx UNIQUE USING INDEX users_full_idx;
--# index | public.users.users_full_idx | primary
ALTER TABLE shop.orders DROP CONSTRAINT orders_user_fk;
ALTER TABLE public.users DROP CONSTRAINT users_pkey, ADD CONSTRAINT users_full_idx PRIMARY KEY USING INDEX users_full_idx;
--# index | public.users.users_email_key | immediate
ALTER TABLE public.users DROP CONSTRAINT users_email_key, ADD CONSTRAINT users_email_key UNIQUE (email) DEFERRABLE;
--# index | shop.orders.orders_pkey | clustered
ALTER TABLE shop.orders SET WITHOUT CLUSTER;
--# index | shop.orders.orders_code_key | replica identity
ALTER TABLE shop.orders REPLICA IDENTITY FULL;
--# index | shop.events_2024.events_2024_note_idx | parent
ALTER TABLE shop.events DETACH PARTITION shop.events_2024;
--# index | shop.counts.counts_key | existence
DROP INDEX shop.counts_key;

--# index | shop.counts.counts_key | tablespace
UPDATE pg_class SET reltablespace = (SELECT oid FROM pg_tablespace WHERE spcname = 'pg_global')
WHERE oid = 'shop.counts_key'::regclass;
--# trigger | public.users.users_touch | existence
DROP TRIGGER users_touch ON public.users;
--# trigger | public.users.users_touch | firing
ALTER TABLE public.users DISABLE TRIGGER users_touch;
--# trigger | public.users.users_touch | firing
ALTER TABLE public.users ENABLE REPLICA TRIGGER users_touch;
--# trigger | public.users.users_touch | firing
ALTER TABLE public.users ENABLE TRIGGER users_touch;
--# trigger | public.users.users_touch | definition
DROP TRIGGER users_touch ON public.users;
CREATE TRIGGER users_touch BEFORE UPDATE OF first_name ON public.users
  FOR EACH ROW WHEN (OLD.age IS DISTINCT FROM NEW.age) EXECUTE FUNCTION shop.touch();
--# trigger | public.users.users_touch | function
CREATE FUNCTION shop.touch_too() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$;
DROP TRIGGER users_touch ON public.users;
CREATE TRIGGER users_touch BEFORE UPDATE OF first_name, age ON public.users
  FOR EACH ROW WHEN (OLD.age IS DISTINCT FROM NEW.age) EXECUTE FUNCTION shop.touch_too();
--# trigger | public.users.users_touch | comment
COMMENT ON TRIGGER users_touch ON public.users IS 'x';
--# trigger | shop.events_2024.events_touch | cloned
ALTER TABLE shop.events DETACH PARTITION shop.events_2024;
CREATE TRIGGER events_touch BEFORE INSERT ON shop.events_2024 FOR EACH ROW EXECUTE FUNCTION shop.touch();
--# trigger | shop.events_2024.events_touch | firing
ALTER TABLE shop.events_2024 DISABLE TRIGGER events_touch;
--# trigger | shop.adults.adults_touch | existence
CREATE TRIGGER adults_touch INSTEAD OF UPDATE ON shop.adults FOR EACH ROW EXECUTE FUNCTION shop.touch();

--# rule | public.users.users_nodelete | existence
DROP RULE users_nodelete ON public.users;
--# rule | public.users.users_nodelete | definition
CREATE OR REPLACE RULE users_nodelete AS ON DELETE TO public.users WHERE OLD.id = 2 DO INSTEAD NOTHING;
--# rule | public.users.users_nodelete | firing
ALTER TABLE public.users DISABLE RULE users_nodelete;
--# rule | public.users.users_nodelete | comment
COMMENT ON RULE users_nodelete ON public.users IS 'x';

--# policy | public.users.users_own | existence
DROP POLICY users_own ON public.users;
--# policy | public.users.users_own | using
ALTER POLICY users_own ON public.users USING (age > 21);
--# policy | public.users.users_own | roles
ALTER POLICY users_own ON public.users TO PUBLIC;
--# policy | public.users.users_own | command
DROP POLICY users_own ON public.users;
CREATE POLICY users_own ON public.users FOR ALL TO cat_reader USING (age > 18);
--# policy | public.users.users_own | permissive
DROP POLICY users_own ON public.users;
CREATE POLICY users_own ON public.users AS RESTRICTIVE FOR SELECT TO cat_reader USING (age > 18);
--# policy | public.users.users_own | with check
DROP POLICY users_own ON public.users;
CREATE POLICY users_own ON public.users FOR ALL TO cat_reader USING (age > 18) WITH CHECK (age > 20);
--# policy | public.users.users_own | comment
COMMENT ON POLICY users_own ON public.users IS 'x';

--# view | shop.names | existence
DROP VIEW shop.names;
--# view | shop.names | definition
CREATE OR REPLACE VIEW shop.names WITH (security_barrier) AS SELECT first_name FROM public.users;
--# view | shop.names | options
ALTER VIEW shop.names RESET (security_barrier);
--# view | shop.names | options | since 15
ALTER VIEW shop.names SET (security_invoker = true);
--# view | shop.adults | options
ALTER VIEW shop.adults SET (check_option = cascaded);
--# view | shop.adults | owner
ALTER VIEW shop.adults OWNER TO cat_owner;
--# view | shop.adults | comment
COMMENT ON VIEW shop.adults IS 'x';
--# view | shop.adults | grant SELECT to cat_reader
REVOKE SELECT ON shop.adults FROM cat_reader;
--# view | shop.counts | kind
DROP MATERIALIZED VIEW shop.counts;
CREATE VIEW shop.counts AS SELECT user_id, count(*) AS n FROM shop.orders GROUP BY user_id;
--# view | shop.counts | populated
REFRESH MATERIALIZED VIEW shop.counts WITH NO DATA;
--# view | shop.counts | tablespace
UPDATE pg_class SET reltablespace = (SELECT oid FROM pg_tablespace WHERE spcname = 'pg_global')
WHERE oid = 'shop.counts'::regclass;
--# view | shop.counts | access method
CREATE ACCESS METHOD heap_too TYPE TABLE HANDLER heap_tableam_handler;
DROP MATERIALIZED VIEW shop.counts;
CREATE MATERIALIZED VIEW shop.counts USING heap_too AS
  SELECT user_id, count(*) AS n FROM shop.orders GROUP BY user_id;
--# view | shop.counts | options
ALTER MATERIALIZED VIEW shop.counts SET (fillfactor = 50);
--# view | shop.counts | comment
COMMENT ON MATERIALIZED VIEW shop.counts IS 'x';
--# view | shop.counts | definition
DROP MATERIALIZED VIEW shop.counts;
CREATE MATERIALIZED VIEW shop.counts AS SELECT user_id, count(id) AS n FROM shop.orders GROUP BY user_id;

--# sequence | shop.loose | existence
DROP SEQUENCE shop.loose;
--# sequence | shop.loose | type
ALTER SEQUENCE shop.loose AS bigint MAXVALUE 1000;
--# sequence | shop.loose | start
ALTER SEQUENCE shop.loose START 6;
--# sequence | shop.loose | increment
ALTER SEQUENCE shop.loose INCREMENT 4;
--# sequence | shop.loose | minimum
ALTER SEQUENCE shop.loose MINVALUE 1;
--# sequence | shop.loose | maximum
ALTER SEQUENCE shop.loose MAXVALUE 1001;
--# sequence | shop.loose | cache
ALTER SEQUENCE shop.loose CACHE 1;
--# sequence | shop.loose | cycle
ALTER SEQUENCE shop.loose NO CYCLE;
--# sequence | shop.loose | logged | since 15
ALTER SEQUENCE shop.loose SET UNLOGGED;
--# sequence | shop.loose | owned by
ALTER SEQUENCE shop.loose OWNED BY shop.cache.k;
--# sequence | shop.loose | owner
ALTER SEQUENCE shop.loose OWNER TO cat_owner;
--# sequence | shop.loose | comment
COMMENT ON SEQUENCE shop.loose IS 'x';
--# sequence | shop.loose | grant USAGE to cat_reader
REVOKE USAGE ON SEQUENCE shop.loose FROM cat_reader;
--# sequence | shop.orders_id_seq | identity
ALTER TABLE shop.orders ALTER COLUMN id DROP DEFAULT; DROP SEQUENCE shop.orders_id_seq;
ALTER TABLE shop.orders ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY;

--# type | shop.extra | existence
CREATE TYPE shop.extra AS ENUM ('one');
--# type | shop.mood | labels
ALTER TYPE shop.mood ADD VALUE 'angry' BEFORE 'sad';
--# type | shop.mood | labels
ALTER TYPE shop.mood RENAME VALUE 'ok' TO 'fine';
--# type | shop.mood | owner
ALTER TYPE shop.mood OWNER TO cat_owner;
--# type | shop.mood | comment
COMMENT ON TYPE shop.mood IS 'x';
--# type | shop.mood | grant USAGE to PUBLIC
REVOKE USAGE ON TYPE shop.mood FROM PUBLIC;
--# column | shop.address.zip | existence
ALTER TYPE shop.address ADD ATTRIBUTE zip text CASCADE;
--# column | shop.address.city | comment
COMMENT ON COLUMN shop.address.city IS 'x';
--# column | shop.pair.a | position
DROP TYPE shop.pair; CREATE TYPE shop.pair AS (b integer, a integer);
--# type | shop.positive | default
ALTER DOMAIN shop.positive SET DEFAULT 2;
--# type | shop.positive | not null
ALTER DOMAIN shop.positive SET NOT NULL;
--# type | shop.positive | comment
COMMENT ON DOMAIN shop.positive IS 'x';
--# constraint | shop.positive.positive_check | existence
ALTER DOMAIN shop.positive DROP CONSTRAINT positive_check;
--# constraint | shop.positive.positive_check | definition
ALTER DOMAIN shop.positive DROP CONSTRAINT positive_check;
ALTER DOMAIN shop.positive ADD CONSTRAINT positive_check CHECK (VALUE > 1);
--# constraint | shop.positive.positive_check | validated
ALTER DOMAIN shop.positive DROP CONSTRAINT positive_check;
ALTER DOMAIN shop.positive ADD CONSTRAINT positive_check CHECK (VALUE > 0) NOT VALID;
--# constraint | shop.positive.positive_check | comment
COMMENT ON CONSTRAINT positive_check ON DOMAIN shop.positive IS 'x';
--# type | shop.label | base type
DROP DOMAIN shop.label; CREATE DOMAIN shop.label AS varchar(11) COLLATE "C";
--# type | shop.label | collation
DROP DOMAIN shop.label; CREATE DOMAIN shop.label AS varchar(10);
--# type | shop.interval_of | details
DROP TYPE shop.interval_of; CREATE TYPE shop.interval_of AS RANGE (subtype = float8);
--# type | shop.interval_of | base type
DROP TYPE shop.interval_of; CREATE TYPE shop.interval_of AS RANGE (subtype = float4);
--# type | shop.label | kind
DROP DOMAIN shop.label; CREATE TYPE shop.label AS ENUM ();

--# function | shop.full_name(first text, last text) | existence
DROP FUNCTION shop.full_name(text, text) CASCADE;
--# function | shop.full_name(first text, last text) | body
CREATE OR REPLACE FUNCTION shop.full_name(first text, last text) RETURNS text LANGUAGE sql IMMUTABLE
  AS $$ SELECT first || '  ' || last $$;
--# function | shop.full_name(first text, last text) | volatility
ALTER FUNCTION shop.full_name(text, text) STABLE;
--# function | shop.full_name(first text, last text) | strict
ALTER FUNCTION shop.full_name(text, text) STRICT;
--# function | shop.full_name(first text, last text) | security definer
ALTER FUNCTION shop.full_name(text, text) SECURITY DEFINER;
--# function | shop.full_name(first text, last text) | leakproof
ALTER FUNCTION shop.full_name(text, text) LEAKPROOF;
--# function | shop.full_name(first text, last text) | settings
ALTER FUNCTION shop.full_name(text, text) SET search_path = shop;
--# function | shop.full_name(first text, last text) | definition
ALTER FUNCTION shop.full_name(text, text) COST 7;
--# function | shop.full_name(first text, last text) | definition
ALTER FUNCTION shop.full_name(text, text) PARALLEL SAFE;
--# function | shop.full_name(first text, last text) | owner
ALTER FUNCTION shop.full_name(text, text) OWNER TO cat_owner;
--# function | shop.full_name(first text, last text) | comment
COMMENT ON FUNCTION shop.full_name(text, text) IS 'x';
--# function | shop.full_name(first text, last text) | grant EXECUTE to PUBLIC
REVOKE EXECUTE ON FUNCTION shop.full_name(text, text) FROM PUBLIC;
--# function | shop.full_name(first text) | existence
CREATE FUNCTION shop.full_name(first text) RETURNS text LANGUAGE sql AS $$ SELECT first $$;
--# function | shop.order_count() | definition
CREATE OR REPLACE FUNCTION shop.order_count() RETURNS bigint LANGUAGE sql
  BEGIN ATOMIC SELECT count(o.id) FROM shop.orders o; END;
--# function | shop.order_count() | parsed body
CREATE OR REPLACE FUNCTION shop.order_count() RETURNS bigint LANGUAGE sql AS $$ SELECT 1 $$;
--# function | shop.lone() | language
CREATE OR REPLACE FUNCTION shop.lone() RETURNS integer LANGUAGE plpgsql AS $$ BEGIN RETURN 1; END $$;
--# function | shop.lone() | returns
DROP FUNCTION shop.lone(); CREATE FUNCTION shop.lone() RETURNS bigint LANGUAGE sql AS $$ SELECT 1 $$;
--# function | shop.lone() | kind
DROP FUNCTION shop.lone(); CREATE PROCEDURE shop.lone() LANGUAGE sql AS $$ SELECT 1 $$;
--# function | shop.sweep(IN limit_to integer) | definition
CREATE OR REPLACE PROCEDURE shop.sweep(limit_to integer) LANGUAGE plpgsql AS $$ BEGIN PERFORM 1; END $$;
--# function | shop.total(integer) | definition
CREATE OR REPLACE AGGREGATE shop.total(integer) (sfunc = shop.add_up, stype = integer, initcond = '1');
--# function | shop.total(integer) | comment
COMMENT ON AGGREGATE shop.total(integer) IS 'x';

--# extension | citext | existence
DROP EXTENSION citext CASCADE;
--# extension | citext | schema
ALTER EXTENSION citext SET SCHEMA shop;
--# extension | citext | comment
COMMENT ON EXTENSION citext IS 'x';
--# extension | citext | owner
UPDATE pg_extension SET extowner = 'cat_owner'::regrole WHERE extname = 'citext';
--# extension | citext | version
UPDATE pg_extension SET extversion = '0' WHERE extname = 'citext';

--# publication | pub_some | existence
DROP PUBLICATION pub_some;
--# publication | pub_some | options
ALTER PUBLICATION pub_some SET (publish = 'insert');
--# publication | pub_some | options
ALTER PUBLICATION pub_some SET (publish_via_partition_root = true);
--# publication | pub_some | options | since 18
ALTER PUBLICATION pub_some SET (publish_generated_columns = stored);
--# publication | pub_some | table shop.orders
ALTER PUBLICATION pub_some DROP TABLE shop.orders;
--# publication | pub_some | table shop.cache2
CREATE TABLE shop.cache2 (a integer); ALTER PUBLICATION pub_some ADD TABLE shop.cache2;
--# publication | pub_some | table shop.orders | since 15
ALTER PUBLICATION pub_some SET TABLE public.users, shop.orders (id, code);
--# publication | pub_some | table shop.orders | since 15
ALTER PUBLICATION pub_some SET TABLE public.users, shop.orders WHERE (user_id > 5);
--# publication | pub_some | schemas | since 15
ALTER PUBLICATION pub_some ADD TABLES IN SCHEMA "Odd Name";
--# publication | pub_some | all tables
DROP PUBLICATION pub_some; CREATE PUBLICATION pub_some FOR ALL TABLES WITH (publish = 'insert, update');
--# publication | pub_some | owner
ALTER PUBLICATION pub_some OWNER TO cat_super;
--# publication | pub_some | comment
COMMENT ON PUBLICATION pub_some IS 'x';

--# statistics | shop.users_stats | existence
DROP STATISTICS shop.users_stats;
--# statistics | shop.users_stats | kinds
DROP STATISTICS shop.users_stats;
CREATE STATISTICS shop.users_stats (dependencies) ON first_name, age FROM public.users;
--# statistics | shop.users_stats | columns
DROP STATISTICS shop.users_stats;
CREATE STATISTICS shop.users_stats (dependencies, ndistinct) ON last_name, age FROM public.users;
--# statistics | shop.users_stats | expressions
DROP STATISTICS shop.users_stats;
CREATE STATISTICS shop.users_stats (dependencies, ndistinct) ON first_name, age, (age + 1) FROM public.users;
--# statistics | shop.users_stats | statistics target
ALTER STATISTICS shop.users_stats SET STATISTICS 77;
--# statistics | shop.users_stats | comment
COMMENT ON STATISTICS shop.users_stats IS 'x';
--# statistics | shop.users_stats | owner
ALTER STATISTICS shop.users_stats OWNER TO cat_owner;
--# statistics | shop.users_stats | table
DROP STATISTICS shop.users_stats;
CREATE TABLE shop.like_users (first_name text, age integer);
CREATE STATISTICS shop.users_stats (dependencies, ndistinct) ON first_name, age FROM shop.like_users;

--# event trigger | watch_ddl | existence
DROP EVENT TRIGGER watch_ddl;
--# event trigger | watch_ddl | firing
ALTER EVENT TRIGGER watch_ddl DISABLE;
--# event trigger | watch_ddl | tags
DROP EVENT TRIGGER watch_ddl;
CREATE EVENT TRIGGER watch_ddl ON ddl_command_end WHEN TAG IN ('CREATE TABLE') EXECUTE FUNCTION shop.on_ddl();
--# event trigger | watch_ddl | event
DROP EVENT TRIGGER watch_ddl;
CREATE EVENT TRIGGER watch_ddl ON ddl_command_start WHEN TAG IN ('CREATE TABLE', 'DROP TABLE') EXECUTE FUNCTION shop.on_ddl();
--# event trigger | watch_ddl | owner
ALTER EVENT TRIGGER watch_ddl OWNER TO cat_super;
--# event trigger | watch_ddl | function
CREATE FUNCTION shop.on_ddl_too() RETURNS event_trigger LANGUAGE plpgsql AS $$ BEGIN END $$;
DROP EVENT TRIGGER watch_ddl; CREATE EVENT TRIGGER watch_ddl ON ddl_command_end
  WHEN TAG IN ('CREATE TABLE', 'DROP TABLE') EXECUTE FUNCTION shop.on_ddl_too();
--# event trigger | watch_ddl | comment
COMMENT ON EVENT TRIGGER watch_ddl IS 'x';

--# default privileges | for role cat_owner in schema shop on TABLES | existence
ALTER DEFAULT PRIVILEGES FOR ROLE cat_owner IN SCHEMA shop REVOKE SELECT ON TABLES FROM cat_reader;
--# default privileges | for role cat_owner in schema shop on TABLES | grant INSERT to cat_reader
ALTER DEFAULT PRIVILEGES FOR ROLE cat_owner IN SCHEMA shop GRANT INSERT ON TABLES TO cat_reader;
--# default privileges | for role cat_owner on FUNCTIONS | existence
ALTER DEFAULT PRIVILEGES FOR ROLE cat_owner GRANT EXECUTE ON FUNCTIONS TO PUBLIC;
--# default privileges | for role cat_owner on SEQUENCES | existence
ALTER DEFAULT PRIVILEGES FOR ROLE cat_owner GRANT USAGE ON SEQUENCES TO cat_reader;

--# operator | shop.###(integer,integer) | existence
DROP OPERATOR shop.### (integer, integer);
--# operator | shop.###(integer,integer) | comment
COMMENT ON OPERATOR shop.### (integer, integer) IS 'x';
--# cast | shop.address AS integer | existence
DROP CAST (shop.address AS integer);
--# cast | shop.address AS integer | context
DROP CAST (shop.address AS integer);
CREATE CAST (shop.address AS integer) WITH FUNCTION shop.to_int(shop.address) AS ASSIGNMENT;
--# collation | shop.bytes | owner
ALTER COLLATION shop.bytes OWNER TO cat_owner;
--# collation | shop.bytes2 | existence
ALTER COLLATION shop.bytes RENAME TO bytes2;
--# text search dictionary | shop.plain | options
ALTER TEXT SEARCH DICTIONARY shop.plain (stopwords = german);
--# text search configuration | shop.words | mappings
ALTER TEXT SEARCH CONFIGURATION shop.words ADD MAPPING FOR email WITH simple;
--# foreign data wrapper | nothing | options
ALTER FOREIGN DATA WRAPPER nothing OPTIONS (ADD a 'b');
--# foreign server | nowhere | options
ALTER SERVER nowhere OPTIONS (SET host 'z');
--# foreign server | nowhere | privileges
GRANT USAGE ON FOREIGN SERVER nowhere TO cat_reader;
--# user mapping | cat_reader on nowhere | options
ALTER USER MAPPING FOR cat_reader SERVER nowhere OPTIONS (SET name 'z');
--# language | pl_too | existence
CREATE LANGUAGE pl_too HANDLER plpgsql_call_handler;
--# operator class | shop.ops USING btree | existence
CREATE OPERATOR CLASS shop.ops FOR TYPE integer USING btree AS OPERATOR 1 <, FUNCTION 1 btint4cmp(integer, integer);
--# operator family | shop.ops USING btree | existence
CREATE OPERATOR CLASS shop.ops FOR TYPE integer USING btree AS OPERATOR 1 <, FUNCTION 1 btint4cmp(integer, integer);
--# database setting | all roles | existence
DO $$ BEGIN EXECUTE format('ALTER DATABASE %I SET work_mem = %L', current_database(), '5MB'); END $$;
--# database | current | privileges
DO $$ BEGIN EXECUTE format('REVOKE CONNECT ON DATABASE %I FROM PUBLIC', current_database()); END $$;
