CREATE SCHEMA sluice;
CREATE TABLE sluice.journal (
    version int NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    max_duty double precision NOT NULL DEFAULT 1 CHECK (max_duty BETWEEN 0 AND 1));
CREATE TABLE sluice.lease (
    epoch bigint PRIMARY KEY,
    exclusive boolean NOT NULL,
    holder text,
    backend int,
    acquired_at timestamptz,
    heartbeat_at timestamptz,
    expires_at timestamptz NOT NULL);
CREATE TABLE sluice.migration (
    version text PRIMARY KEY,
    name text NOT NULL,
    position bigint GENERATED ALWAYS AS IDENTITY,
    state text NOT NULL CHECK (state IN ('expanding', 'expanded', 'contracting', 'applied', 'purging',
        'purged', 'reverting', 'reverted')),
    file text NOT NULL,
    up_checksum text NOT NULL,
    down_checksum text,
    up_sql text NOT NULL,
    down_sql text,
    plan json NOT NULL,
    down_plan json,
    epoch bigint NOT NULL,
    actor text NOT NULL,
    started_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    finished_at timestamptz,
    work_ms bigint NOT NULL DEFAULT 0,
    last_error text);
CREATE TABLE sluice.step (
    version text NOT NULL REFERENCES sluice.migration ON DELETE CASCADE,
    id text NOT NULL,
    phase text NOT NULL,
    position bigint GENERATED ALWAYS AS IDENTITY,
    state text NOT NULL CHECK (state IN ('running', 'done', 'undoing', 'undone')),
    title text NOT NULL,
    lock_wait_ms double precision,
    lock_held_ms double precision,
    duration_ms double precision,
    rows bigint,
    tries int,
    started_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    finished_at timestamptz,
    PRIMARY KEY (version, id));
CREATE TABLE sluice.backfill (
    version text NOT NULL,
    step text NOT NULL,
    cursor text NOT NULL,
    rows bigint NOT NULL,
    updated_at timestamptz NOT NULL,
    PRIMARY KEY (version, step),
    FOREIGN KEY (version, step) REFERENCES sluice.step ON DELETE CASCADE);
CREATE TABLE sluice.event (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    at timestamptz NOT NULL DEFAULT clock_timestamp(),
    epoch bigint NOT NULL,
    actor text NOT NULL,
    db_user text NOT NULL DEFAULT session_user,
    version text,
    step text,
    kind text NOT NULL,
    message text,
    sql text,
    lock_wait_ms double precision,
    lock_held_ms double precision,
    duration_ms double precision,
    rows bigint);
COMMENT ON SCHEMA sluice IS 'Journal of the Sluice migration tool, and what its migrations keep until purge';
COMMENT ON TABLE sluice.event IS 'What was run, by whom and when; only ever appended to';
GRANT USAGE ON SCHEMA sluice TO PUBLIC;
INSERT INTO sluice.lease (epoch, exclusive, expires_at) VALUES (0, false, '-infinity');
INSERT INTO sluice.journal (version) VALUES (1);
