-- case: squawk 2.66 misses a serial column
-- finds: add-column-serial
ALTER TABLE t ADD COLUMN n bigserial;
-- case: squawk 2.66 misses a column of a domain with constraints
-- finds: add-column-constrained-domain
CREATE DOMAIN positive AS int CHECK (VALUE > 0);
-- next file
ALTER TABLE t ADD COLUMN n positive;
-- case: squawk 2.66 misses a check in the definition of a column
-- finds: add-column-inline-check
ALTER TABLE t ADD COLUMN n int CHECK (n > 0);
-- case: squawk 2.66 misses SET EXPRESSION (PostgreSQL 17)
-- finds: set-generated-expression
CREATE TABLE t (id int PRIMARY KEY, n int, d int GENERATED ALWAYS AS (n * 2) STORED);
-- next file
ALTER TABLE t ALTER COLUMN d SET EXPRESSION AS (n * 3);
-- case: squawk 2.66 misses VALIDATE beside other parts
-- finds: validate-combined-subcommands
CREATE TABLE t (id int PRIMARY KEY, n int);
ALTER TABLE t ADD CONSTRAINT c CHECK (n > 0) NOT VALID;
-- next file
ALTER TABLE t VALIDATE CONSTRAINT c, ADD COLUMN m int;
-- case: squawk 2.66 misses a primary key over an index of nullable columns
-- finds: primary-key-using-nullable-index
CREATE TABLE t (id int);
CREATE UNIQUE INDEX i ON t (id);
-- next file
ALTER TABLE t ADD PRIMARY KEY USING INDEX i;
-- case: squawk 2.66 misses ATTACH PARTITION
-- finds: attach-partition-scan
CREATE TABLE t (id int NOT NULL) PARTITION BY RANGE (id);
CREATE TABLE p (id int NOT NULL);
-- next file
ALTER TABLE t ATTACH PARTITION p FOR VALUES FROM (1) TO (9);
-- case: squawk 2.66 misses ATTACH PARTITION beside a default partition
-- finds: attach-partition-default-scan
CREATE TABLE t (id int NOT NULL) PARTITION BY RANGE (id);
CREATE TABLE d PARTITION OF t DEFAULT;
CREATE TABLE p (id int NOT NULL);
-- next file
ALTER TABLE t ATTACH PARTITION p FOR VALUES FROM (1) TO (9);
-- case: squawk 2.66 misses CREATE TABLE PARTITION OF beside a default partition
-- finds: create-partition-of
CREATE TABLE t (id int NOT NULL) PARTITION BY RANGE (id);
CREATE TABLE d PARTITION OF t DEFAULT;
-- next file
CREATE TABLE p PARTITION OF t FOR VALUES FROM (1) TO (9);
-- case: squawk 2.66 misses SET UNLOGGED
-- finds: set-logged-unlogged
ALTER TABLE t SET UNLOGGED;
-- case: squawk 2.66 misses SET LOGGED
-- finds: set-logged-unlogged
CREATE UNLOGGED TABLE t (id int PRIMARY KEY);
-- next file
ALTER TABLE t SET LOGGED;
-- case: squawk 2.66 misses SET ACCESS METHOD (PostgreSQL 15)
-- finds: set-access-method
ALTER TABLE t SET ACCESS METHOD columnar;
-- case: squawk 2.66 misses VALIDATE of a domain's constraint
-- finds: domain-add-constraint-valid
CREATE DOMAIN d AS int;
CREATE TABLE t (id int PRIMARY KEY, n d);
ALTER DOMAIN d ADD CONSTRAINT c CHECK (VALUE > 0) NOT VALID;
-- next file
ALTER DOMAIN d VALIDATE CONSTRAINT c;
-- case: squawk 2.66 misses SET NOT NULL of a domain
-- finds: domain-add-constraint-valid
CREATE DOMAIN d AS int;
CREATE TABLE t (id int PRIMARY KEY, n d);
-- next file
ALTER DOMAIN d SET NOT NULL;
-- case: squawk 2.66 misses ALTER CONSTRAINT ENFORCED (PostgreSQL 18)
-- finds: alter-fk-enforced-18
CREATE TABLE p (id int PRIMARY KEY);
CREATE TABLE t (id int PRIMARY KEY, p int, CONSTRAINT f FOREIGN KEY (p) REFERENCES p NOT ENFORCED);
-- next file
ALTER TABLE t ALTER CONSTRAINT f ENFORCED;
-- case: squawk 2.66 misses DETACH PARTITION of a table that is referred to
-- finds: detach-partition-incoming-fk
CREATE TABLE t (id int PRIMARY KEY) PARTITION BY RANGE (id);
CREATE TABLE p PARTITION OF t FOR VALUES FROM (1) TO (9);
CREATE TABLE r (id int PRIMARY KEY, t int REFERENCES t);
-- next file
ALTER TABLE t DETACH PARTITION p;
-- case: squawk 2.66 flags a type change that is free: wider varchar
-- leaves: change-type-rewrite, change-type-index-rebuild, warnings
CREATE TABLE t (id int PRIMARY KEY, n varchar(20));
CREATE INDEX i ON t (n);
-- next file
ALTER TABLE t ALTER COLUMN n TYPE varchar(40);
-- case: squawk 2.66 flags a type change that is free: varchar to text
-- leaves: change-type-rewrite, change-type-index-rebuild
CREATE TABLE t (id int PRIMARY KEY, n varchar(20));
-- next file
ALTER TABLE t ALTER COLUMN n TYPE text;
-- case: squawk 2.66 flags a type change that is free: more digits, same scale
-- leaves: change-type-rewrite
CREATE TABLE t (id int PRIMARY KEY, n numeric(8,2));
-- next file
ALTER TABLE t ALTER COLUMN n TYPE numeric(12,2);
-- case: squawk 2.66 flags SET NOT NULL that a valid check proves
-- leaves: set-not-null-scan, set-not-null-data-dependent, warnings
CREATE TABLE t (id int PRIMARY KEY, n int);
ALTER TABLE t ADD CONSTRAINT c CHECK (n IS NOT NULL) NOT VALID;
-- next file
ALTER TABLE t VALIDATE CONSTRAINT c;
-- next file
ALTER TABLE t ALTER COLUMN n SET NOT NULL;
-- case: squawk 2.66 flags SET NOT NULL of what is NOT NULL already
-- leaves: set-not-null-scan, warnings
CREATE TABLE t (id int PRIMARY KEY, n int NOT NULL);
-- next file
ALTER TABLE t ALTER COLUMN n SET NOT NULL;
-- case: squawk 2.66 flags a default of an immutable or stable function of one's own
-- leaves: add-column-volatile-default, warnings
CREATE TABLE t (id int PRIMARY KEY);
CREATE FUNCTION one() RETURNS int LANGUAGE plpgsql IMMUTABLE AS 'BEGIN RETURN 1; END';
CREATE FUNCTION two(a int) RETURNS int LANGUAGE plpgsql STABLE AS 'BEGIN RETURN a; END';
-- next file
ALTER TABLE t ADD COLUMN n int DEFAULT one();
ALTER TABLE t ADD COLUMN m int DEFAULT two(2);
-- case: squawk 2.66 flags a default that is a call with arguments
-- leaves: add-column-volatile-default, warnings
CREATE TABLE t (id int PRIMARY KEY);
-- next file
ALTER TABLE t ADD COLUMN n interval DEFAULT make_interval(days => 1);
-- case: squawk 2.66 flags a virtual column (PostgreSQL 18)
-- leaves: add-column-generated-stored, add-column-virtual-checked, warnings
CREATE TABLE t (id int PRIMARY KEY, n int);
-- next file
ALTER TABLE t ADD COLUMN d int GENERATED ALWAYS AS (n * 2) VIRTUAL;
-- case: squawk 2.66 flags NOT ENFORCED (PostgreSQL 18)
-- leaves: add-check-valid, constraint-data-dependent, warnings
CREATE TABLE t (id int PRIMARY KEY, n int);
-- next file
ALTER TABLE t ADD CONSTRAINT c CHECK (n > 0) NOT ENFORCED;
-- case: squawk 2.66 flags CREATE INDEX ON ONLY
-- leaves: create-index-blocking, create-index-partitioned-parent
CREATE TABLE t (id int NOT NULL, n int) PARTITION BY RANGE (id);
CREATE TABLE p PARTITION OF t FOR VALUES FROM (1) TO (9);
-- next file
CREATE INDEX i ON ONLY t (n);
-- case: pgfence 0.1.5 rates int to text low
-- finds: change-type-rewrite
CREATE TABLE t (id int PRIMARY KEY, n int);
-- next file
ALTER TABLE t ALTER COLUMN n TYPE text;
-- case: pgfence 0.1.5 rates char to text low
-- finds: change-type-rewrite
CREATE TABLE t (id int PRIMARY KEY, n char(9));
-- next file
ALTER TABLE t ALTER COLUMN n TYPE text;
-- case: pgfence 0.1.5 rates enum to text low
-- finds: change-type-rewrite
CREATE TYPE mood AS ENUM ('a', 'b');
CREATE TABLE t (id int PRIMARY KEY, n mood);
-- next file
ALTER TABLE t ALTER COLUMN n TYPE text USING n::text;
-- case: pgfence 0.1.5 flags now() as default
-- leaves: add-column-volatile-default, warnings
CREATE TABLE t (id int PRIMARY KEY);
-- next file
ALTER TABLE t ADD COLUMN n timestamptz DEFAULT now();
-- case: pgfence 0.1.5 stops at syntax of 17 and later (PostgreSQL 18)
-- finds: set-generated-expression, not-null-valid-constraint-18
CREATE TABLE t (id int PRIMARY KEY, n int, d int GENERATED ALWAYS AS (n * 2) STORED);
-- next file
ALTER TABLE t ALTER COLUMN d SET EXPRESSION AS (n * 3);
ALTER TABLE t ADD CONSTRAINT c NOT NULL n;
-- case: strong_migrations misses indexes built anew for timestamp to timestamptz under UTC
-- finds: change-type-index-rebuild
-- leaves: change-type-rewrite, change-type-timestamptz
CREATE TABLE t (id int PRIMARY KEY, n timestamp);
CREATE INDEX i ON t (n);
-- next file
SET timezone = 'UTC';
ALTER TABLE t ALTER COLUMN n TYPE timestamptz;
-- case: the same where the time zone is not said
-- finds: change-type-timestamptz
CREATE TABLE t (id int PRIMARY KEY, n timestamp);
-- next file
ALTER TABLE t ALTER COLUMN n TYPE timestamptz;
-- case: squawk 2.66 (a), (f), a version is a number: what 13 and 11 could not do is there (PostgreSQL 14)
-- finds: reindex-blocking
-- leaves: add-column-volatile-default
ALTER TABLE t ADD COLUMN n int DEFAULT 1;
REINDEX TABLE t;
-- case: mastodon #12768, what is in the past is left by a baseline, not by silence
-- finds: create-index-blocking
CREATE TABLE t (id bigint PRIMARY KEY, n int);
-- next file
CREATE INDEX i ON t (n);
-- case: squawk 2.66 (b), a VALIDATE of whatever silences SET NOT NULL
-- finds: set-not-null-scan
CREATE TABLE t (id int PRIMARY KEY, n int, m int);
ALTER TABLE t ADD CONSTRAINT c CHECK (m > 0) NOT VALID;
-- next file
ALTER TABLE t VALIDATE CONSTRAINT c;
-- next file
ALTER TABLE t ALTER COLUMN n SET NOT NULL;
-- case: squawk 2.66 (c), an index before CREATE TABLE IF NOT EXISTS
-- finds: create-index-blocking
CREATE INDEX i ON t (n);
CREATE TABLE IF NOT EXISTS t (id int PRIMARY KEY, n int);
-- case: squawk 2.66 (c), an index on public.t when other.t is new
-- finds: create-index-blocking
CREATE TABLE other.t (id int PRIMARY KEY, n int);
CREATE INDEX i ON public.t (n);
-- case: squawk 2.66 (c), CREATE TABLE IF NOT EXISTS of a table that is there
-- finds: create-index-blocking
CREATE TABLE t (id int PRIMARY KEY, n int);
-- next file
CREATE TABLE IF NOT EXISTS t (id int PRIMARY KEY, n int);
CREATE INDEX i ON t (n);
-- case: squawk 2.66 (d), DROP INDEX of two
-- finds: drop-index-blocking
-- no fix with: CONCURRENTLY a, b
CREATE TABLE t (id int PRIMARY KEY, n int, m int);
CREATE INDEX a ON t (n);
CREATE INDEX b ON t (m);
-- next file
DROP INDEX a, b;
-- case: squawk 2.66 (e), NOT VALID for UNIQUE
-- finds: add-unique-constraint
-- no fix with: NOT VALID
CREATE TABLE t (id int PRIMARY KEY, n int);
-- next file
ALTER TABLE t ADD CONSTRAINT u UNIQUE (n);
-- case: squawk 2.66 (e), NOT VALID for EXCLUDE
-- finds: add-exclusion-constraint
-- no fix with: NOT VALID
CREATE TABLE t (id int PRIMARY KEY, n int4range);
-- next file
ALTER TABLE t ADD CONSTRAINT e EXCLUDE USING gist (n WITH &&);
-- case: squawk 2.66 (g), a placeholder in the fix of ADD VALUE
-- finds: enum-value-order
-- no fix with: existing_value
CREATE TYPE mood AS ENUM ('a');
-- next file
ALTER TYPE mood ADD VALUE 'b';
-- case: squawk 2.66 (h), DETACH CONCURRENTLY as ACCESS EXCLUSIVE (no transaction)
-- leaves: detach-partition
CREATE TABLE t (id int NOT NULL) PARTITION BY RANGE (id);
CREATE TABLE p PARTITION OF t FOR VALUES FROM (1) TO (9);
-- next file
ALTER TABLE t DETACH PARTITION p CONCURRENTLY;
-- case: eugene E6, a type change and a unique constraint are no CREATE INDEX
-- finds: change-type-rewrite, add-unique-constraint
-- leaves: create-index-blocking
CREATE TABLE t (id int PRIMARY KEY, n int, m int);
-- next file
ALTER TABLE t ALTER COLUMN n TYPE bigint;
ALTER TABLE t ADD CONSTRAINT u UNIQUE (m);
-- case: eugene's good example of E5 validates under ACCESS EXCLUSIVE
-- finds: validate-while-locked
CREATE TABLE t (id int PRIMARY KEY, n int);
-- next file
ALTER TABLE t ADD CONSTRAINT c CHECK (n > 0) NOT VALID;
ALTER TABLE t VALIDATE CONSTRAINT c;
-- case: eugene's examples of E4 fail on tables with rows
-- finds: add-column-not-null-no-default
CREATE TABLE t (id int PRIMARY KEY);
-- next file
ALTER TABLE t ADD COLUMN n text NOT NULL;
-- case: eugene says that an identity column does not rewrite
-- finds: add-column-identity
CREATE TABLE t (id int PRIMARY KEY);
-- next file
ALTER TABLE t ADD COLUMN n int GENERATED ALWAYS AS IDENTITY;
-- case: squawk #28, a unique constraint over an index that is there
-- leaves: add-unique-constraint, warnings
CREATE TABLE t (id int PRIMARY KEY, n int);
CREATE UNIQUE INDEX i ON t (n);
-- next file
ALTER TABLE t ADD CONSTRAINT u UNIQUE USING INDEX i;
-- case: squawk #137, varchar without a length
-- leaves: varchar-n, warnings
CREATE TABLE s.t (id bigint PRIMARY KEY, n varchar);
-- case: squawk #157, an index that is built CONCURRENTLY (no transaction)
-- leaves: create-index-blocking, concurrently-in-transaction
CREATE INDEX CONCURRENTLY i ON t (n);
-- case: squawk #161, primary and unique keys of a new table
-- leaves: add-primary-key, add-unique-constraint, warnings
CREATE TABLE t (id bigint, n int);
ALTER TABLE t ADD PRIMARY KEY (id);
ALTER TABLE t ADD CONSTRAINT u UNIQUE (n);
-- case: squawk #200, a volatile default from 11 on
-- finds: add-column-volatile-default
ALTER TABLE t ADD COLUMN n uuid DEFAULT gen_random_uuid();
-- case: squawk #220, #251, #945, #962, a foreign key in CREATE TABLE
-- finds: create-table-with-fk
-- leaves: add-foreign-key-valid, warnings
CREATE TABLE p (id bigint PRIMARY KEY);
-- next file
CREATE TABLE t (id bigint PRIMARY KEY, p bigint REFERENCES p);
-- case: squawk #229, #231, #902, a single statement in its transaction
-- leaves: non-idempotent-step, warnings
CREATE TABLE t (id bigint PRIMARY KEY);
-- next file
ALTER TABLE t ADD COLUMN n int;
-- case: squawk #253, now() is not volatile
-- leaves: add-column-volatile-default
ALTER TABLE t ADD COLUMN n timestamptz NOT NULL DEFAULT now();
-- case: squawk #106, #260, the tool's transaction: a file alone
-- leaves: concurrently-in-transaction
DROP INDEX CONCURRENTLY i;
-- case: squawk #277, constants as defaults
-- leaves: add-column-volatile-default, add-column-not-null-no-default, warnings
CREATE TABLE t (id bigint PRIMARY KEY);
-- next file
ALTER TABLE t ADD COLUMN a boolean NOT NULL DEFAULT false;
ALTER TABLE t ADD COLUMN b text NOT NULL DEFAULT 'b';
-- case: squawk #289, #703, #713, a foreign key of a table of the same transaction
-- leaves: add-foreign-key-valid, warnings
CREATE TABLE p (id bigint PRIMARY KEY);
CREATE TABLE t (id bigint PRIMARY KEY, p bigint);
ALTER TABLE t ADD CONSTRAINT f FOREIGN KEY (p) REFERENCES p;
-- case: squawk #308, row level security of a new table
-- leaves: row-security-policy, warnings
CREATE TABLE t (id bigint PRIMARY KEY);
ALTER TABLE t ENABLE ROW LEVEL SECURITY;
-- case: squawk #338, #339, CONCURRENTLY alone though a transaction is assumed
-- leaves: concurrently-in-transaction, create-index-blocking
SET lock_timeout = '1s';
CREATE INDEX CONCURRENTLY i ON t (n);
-- case: squawk #338, #339, CONCURRENTLY beside others where a transaction is assumed
-- finds: concurrently-in-transaction
ALTER TABLE t ADD COLUMN n int;
CREATE INDEX CONCURRENTLY i ON t (n);
-- case: squawk #349, an index right after CREATE TABLE
-- leaves: create-index-blocking, warnings
CREATE TABLE t (id bigint PRIMARY KEY, n int);
CREATE INDEX i ON t (n);
-- case: squawk #385, START TRANSACTION (no transaction)
-- finds: concurrently-in-transaction
START TRANSACTION;
CREATE INDEX CONCURRENTLY i ON t (n);
COMMIT;
-- case: squawk #388, #390, a constant default without a version said (PostgreSQL 14)
-- leaves: add-column-volatile-default, warnings
CREATE TABLE t (id bigint PRIMARY KEY);
-- next file
ALTER TABLE t ADD COLUMN n int DEFAULT 1;
-- case: squawk #397, a generated column is not required of clients (PostgreSQL 18)
-- leaves: add-column-not-null-no-default
CREATE TABLE t (id bigint PRIMARY KEY, n int NOT NULL);
-- next file
ALTER TABLE t ADD COLUMN d int GENERATED ALWAYS AS (n * 2) STORED NOT NULL;
-- case: squawk #411, bodies of code are not looked at, and it is said
-- finds: opaque-sql
DO $$ BEGIN ALTER TABLE t ADD COLUMN n int DEFAULT random(); END $$;
-- case: squawk #412, #519, SET NOT NULL without a proof
-- finds: set-not-null-scan
CREATE TABLE t (id bigint PRIMARY KEY, n int);
-- next file
ALTER TABLE t ALTER COLUMN n SET NOT NULL;
-- case: squawk #479, ON UPDATE CASCADE ON DELETE CASCADE is SQL
-- finds: add-foreign-key-valid
ALTER TABLE t ADD CONSTRAINT f FOREIGN KEY (p) REFERENCES p (id) ON UPDATE CASCADE ON DELETE CASCADE;
-- case: squawk #628, the recipe for NOT NULL as documented
-- leaves: set-not-null-scan, add-check-valid, warnings
CREATE TABLE t (id bigint PRIMARY KEY, n int);
-- next file
ALTER TABLE t ADD CONSTRAINT c CHECK (n IS NOT NULL) NOT VALID;
-- next file
ALTER TABLE t VALIDATE CONSTRAINT c;
-- next file
ALTER TABLE t ALTER COLUMN n SET NOT NULL;
ALTER TABLE t DROP CONSTRAINT c;
-- case: squawk #645, an array and CURRENT_TIMESTAMP are not volatile
-- leaves: add-column-volatile-default, warnings
CREATE TABLE t (id bigint PRIMARY KEY);
-- next file
ALTER TABLE t ADD COLUMN a text[] DEFAULT ARRAY[]::text[];
ALTER TABLE t ADD COLUMN b timestamptz DEFAULT CURRENT_TIMESTAMP;
-- case: squawk #693, a primary key over an index of a NOT NULL column
-- leaves: add-primary-key, primary-key-using-nullable-index
CREATE TABLE t (id bigint NOT NULL);
CREATE UNIQUE INDEX i ON t (id);
-- next file
ALTER TABLE t ADD CONSTRAINT k PRIMARY KEY USING INDEX i;
-- case: squawk #697, BEGIN without COMMIT (no transaction)
-- finds: uncommitted-transaction
BEGIN;
ALTER TABLE t ADD COLUMN n int;
-- case: squawk #739, a temporary table
-- leaves: create-index-blocking, table-without-primary-key, warnings
CREATE TEMP TABLE work (id bigint PRIMARY KEY, n int) ON COMMIT DROP;
CREATE INDEX i ON work (n);
ALTER TABLE work ALTER COLUMN n TYPE bigint;
-- case: squawk #1191, a temporary table has no schema
-- leaves: unqualified-table
CREATE TEMP TABLE work (id bigint PRIMARY KEY);
-- case: PrairieLearn #12683, NOT VALID for a primary key
-- finds: add-primary-key
-- no fix with: NOT VALID
CREATE TABLE t (id bigint NOT NULL);
-- next file
ALTER TABLE t ADD CONSTRAINT k PRIMARY KEY (id);
-- case: strong_migrations #70, change_column to what it is
-- leaves: change-type-rewrite
CREATE TABLE t (id bigint PRIMARY KEY, n varchar(20));
-- next file
ALTER TABLE t ALTER COLUMN n TYPE varchar(20);
-- case: strong_migrations #61, another comment
-- leaves: warnings
CREATE TABLE t (id bigint PRIMARY KEY, n int);
-- next file
COMMENT ON COLUMN t.n IS 'how many';
-- case: strong_migrations #174, text to citext and back
-- leaves: change-type-rewrite
CREATE TABLE t (id bigint PRIMARY KEY, n text, m citext);
-- next file
ALTER TABLE t ALTER COLUMN n TYPE citext;
ALTER TABLE t ALTER COLUMN m TYPE text;
-- case: strong_migrations #187, a foreign key in CREATE TABLE is seen
-- finds: create-table-with-fk
CREATE TABLE p (id bigint PRIMARY KEY);
-- next file
CREATE TABLE t (id bigint PRIMARY KEY, p bigint, CONSTRAINT f FOREIGN KEY (p) REFERENCES p);
-- case: strong_migrations #274, a constant default is free
-- leaves: add-column-volatile-default
ALTER TABLE t ADD COLUMN n int DEFAULT 7;
-- case: strong_migrations #320, change_table, which is several parts in one statement
-- finds: drop-column, add-column-volatile-default, change-type-rewrite
CREATE TABLE t (id bigint PRIMARY KEY, n int, m int);
-- next file
ALTER TABLE t DROP COLUMN n, ADD COLUMN a uuid DEFAULT gen_random_uuid(), ALTER COLUMN m TYPE bigint;
-- case: online_migrations #58, IF NOT EXISTS takes an invalid index for a good one (no transaction)
-- finds: concurrent-index-failed-invalid
CREATE INDEX CONCURRENTLY IF NOT EXISTS i ON t (n);
-- case: online_migrations #38, #39, #80, expression and partial indexes are built anew with the column
-- finds: change-type-rewrite
CREATE TABLE t (id bigint PRIMARY KEY, n int);
CREATE INDEX i ON t ((n + 1)) WHERE n > 0;
-- next file
ALTER TABLE t ALTER COLUMN n TYPE bigint;
-- case: atlas #3280, CREATE INDEX CONCURRENTLY can be what is wanted (no transaction)
-- leaves: create-index-blocking, concurrently-in-transaction
CREATE TABLE t (id bigint PRIMARY KEY, n int);
-- next file
CREATE INDEX CONCURRENTLY i ON t (n);
-- case: atlas #3467, a rename is a rename
-- finds: rename-column
-- leaves: drop-column
CREATE TABLE t (id bigint PRIMARY KEY, n int);
-- next file
ALTER TABLE t RENAME COLUMN n TO m;
-- case: pg-schema-diff #52, varchar to text is coercible
-- leaves: change-type-rewrite
CREATE TABLE t (id bigint PRIMARY KEY, n varchar);
-- next file
ALTER TABLE t ALTER COLUMN n TYPE text;
-- case: pg-schema-diff #52, int to bigint is not coercible
-- finds: change-type-rewrite
CREATE TABLE t (id bigint PRIMARY KEY, n int);
-- next file
ALTER TABLE t ALTER COLUMN n TYPE bigint;
-- case: pg-schema-diff #88, #89, a column in a partition of a new table
-- leaves: partition-recursion, warnings
CREATE TABLE t (id bigint PRIMARY KEY) PARTITION BY RANGE (id);
CREATE TABLE p PARTITION OF t FOR VALUES FROM (1) TO (9);
CREATE INDEX i ON t (id);
-- case: safe-pg-migrations #48, what one tool asks for is not what the other refuses (no transaction)
-- leaves: add-foreign-key-valid, create-index-blocking, add-check-valid
CREATE TABLE p (id bigint PRIMARY KEY);
CREATE TABLE t (id bigint PRIMARY KEY, p bigint);
-- next file
ALTER TABLE t ADD CONSTRAINT f FOREIGN KEY (p) REFERENCES p NOT VALID;
ALTER TABLE t VALIDATE CONSTRAINT f;
CREATE INDEX CONCURRENTLY i ON t (p);
-- case: excellent_migrations #17, #21, a column with a reference
-- finds: add-column-inline-fk
CREATE TABLE p (id bigint PRIMARY KEY);
CREATE TABLE t (id bigint PRIMARY KEY);
-- next file
ALTER TABLE t ADD COLUMN p bigint REFERENCES p;
-- case: excellent_migrations #40, TYPE and SET NOT NULL in one statement
-- finds: change-type-rewrite, set-not-null-scan
CREATE TABLE t (id bigint PRIMARY KEY, n int);
-- next file
ALTER TABLE t ALTER COLUMN n TYPE bigint, ALTER COLUMN n SET NOT NULL;
-- case: safe-migrate 0.4.0, now() does not rewrite
-- leaves: add-column-volatile-default
ALTER TABLE t ADD COLUMN n timestamp DEFAULT now();
