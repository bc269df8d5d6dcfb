-- Plan of migration 20260131120000 full_name.
-- Run by `sluice up` it also looks before it locks, retries, paces the backfill by the load of the server,
-- keeps a journal and resumes after a crash. This script does none of that.
\set ON_ERROR_STOP on
SET search_path = public;

-- ==================== EXPAND: before the deploy; the old version keeps working, then both do

-- 1. make sure that full_name can be computed for every row
--    why: an error in the middle of the backfill would leave the new version without its column
-- must not fail, else stop: the expression fails for some rows: mend them, or change the expression
SELECT concat(first_name, ' ', last_name)
FROM public.users
WHERE true;

-- 2. add users.full_name and keep it in step with first_name and last_name
--    why: 4,200,000 rows: filled in the background, so that no lock is held while they are written
--    lock: ACCESS EXCLUSIVE on public.users
BEGIN;
SET LOCAL lock_timeout = '50ms';
LOCK TABLE public.users IN ACCESS EXCLUSIVE MODE;
DO $sluice$
BEGIN
    IF NOT (SELECT true) THEN
        RAISE EXCEPTION USING MESSAGE = 'somebody else added the column';
    END IF;
END
$sluice$;
ALTER TABLE public.users ADD COLUMN full_name text;
CREATE FUNCTION sluice.users_20260131120000() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.full_name := concat(NEW.first_name, ' ', NEW.last_name);
    RETURN NEW;
END $$;
COMMIT;

-- 3. fill users.full_name
--    why: direct UPDATE in windows of pages: the least WAL
DO $sluice$
DECLARE
    page bigint := 0;
    pages bigint := pg_relation_size('public.users') / current_setting('block_size')::bigint;
BEGIN
    WHILE page <= pages LOOP
        UPDATE public.users
        SET full_name = concat(first_name, ' ', last_name)
        WHERE ctid >= format('(%s,0)', page)::tid AND ctid < format('(%s,0)', page + 256)::tid AND (full_name IS NULL);
        COMMIT;
        page := page + 256;
    END LOOP;
END
$sluice$;
-- and once more for rows that moved meanwhile
UPDATE public.users
SET full_name = concat(first_name, ' ', last_name)
WHERE full_name IS NULL;

-- 4. vacuum users
--    why: not inside a transaction
VACUUM public.users;

-- 5. prove that users.full_name is never NULL
--    why: VALIDATE reads the table without holding up writes; SET NOT NULL alone would read it under lock
--    lock: SHARE UPDATE EXCLUSIVE on public.users
ALTER TABLE public.users VALIDATE CONSTRAINT sluice_nn;

-- 6. build index users_full_name_idx
--    why: 4,200,000 rows: CREATE INDEX alone would hold up writes while it builds
--    lock: SHARE UPDATE EXCLUSIVE on public.users
CREATE INDEX CONCURRENTLY users_full_name_idx ON public.users (full_name);

-- ==================== CONTRACT: after the deploy, when no old version runs any more

-- 7. archive users.first_name and users.last_name
--    why: the columns stay, without name, until purge: down can bring them back
--    lock: ACCESS EXCLUSIVE on public.users
BEGIN;
SET LOCAL lock_timeout = '50ms';
LOCK TABLE public.users IN ACCESS EXCLUSIVE MODE;
ALTER TABLE public.users RENAME COLUMN first_name TO sluice_first_name;
COMMIT;

-- 8. drop index users_first_name_idx
--    why: nothing uses it any more
DROP INDEX CONCURRENTLY IF EXISTS public.users_first_name_idx;

-- 9. delete users without a name
--    why: about 12,000 rows: batched
-- Sluice does this in batches; here it is one transaction that locks all its rows
BEGIN;
CREATE TABLE sluice_archive.users_1 AS SELECT id, full_name, "Order"
FROM public.users
WHERE full_name = '';
DELETE FROM public.users
WHERE full_name = '';
COMMIT;

-- ==================== PURGE: when nobody will want to go back

-- 10. drop the archived users.first_name
-- only if this finds nothing: SELECT FROM public.users WHERE false
ALTER TABLE public.users DROP COLUMN sluice_first_name;
