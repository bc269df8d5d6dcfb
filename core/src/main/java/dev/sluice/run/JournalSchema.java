package dev.sluice.run;

import dev.sluice.ExitCode;
import dev.sluice.SluiceException;
import dev.sluice.db.Session;
import java.util.Arrays;
import java.util.List;

/**
 * The tables of the journal: schema {@code sluice} of the target database. Needs CREATE on the database once, and
 * neither a superuser nor event triggers. The schema is usable by everyone, because the functions of dual writes live in
 * it and run as whoever writes; the journal's tables belong to their owner alone.
 */
final class JournalSchema {

    /**
     * Raised with every change of {@link #CREATE}; {@link JournalUpgrade} brings an older journal up to date, a newer one is
     * refused.
     */
    static final int VERSION = 2;

    /** Advisory lock of whoever creates the journal or runs ("sluice" in ASCII). */
    static final long LOCK_KEY = 0x736C75696365L;

    /** {@code block} is where the range's walk stands; {@code claim} counts those who have claimed it. */
    static final String RANGES = """
            CREATE TABLE sluice.backfill_range (
                version text NOT NULL,
                step text NOT NULL,
                relation bigint NOT NULL,
                filenode bigint NOT NULL,
                from_block bigint NOT NULL,
                block bigint NOT NULL,
                end_block bigint NOT NULL,
                rows bigint NOT NULL,
                cursor text NOT NULL,
                claim bigint NOT NULL DEFAULT 0,
                worker text,
                expires_at timestamptz NOT NULL DEFAULT '-infinity',
                PRIMARY KEY (version, step, relation, from_block),
                FOREIGN KEY (version, step) REFERENCES sluice.step ON DELETE CASCADE) WITH (fillfactor = 50);
            """;

    /**
     * {@code lease.epoch} is the primary key on purpose: taking over changes a key column and therefore waits for the
     * FOR KEY SHARE of a transaction that has checked its epoch, while the holder's own heartbeat, which changes no key,
     * does not.
     */
    private static final String CREATE = """
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
                wal_bytes bigint,
                disk_bytes bigint,
                started_at timestamptz NOT NULL DEFAULT clock_timestamp(),
                finished_at timestamptz,
                PRIMARY KEY (version, id));
            CREATE TABLE sluice.backfill (
                version text NOT NULL,
                step text NOT NULL,
                cursor text NOT NULL,
                rows bigint NOT NULL,
                updated_at timestamptz NOT NULL,
                epoch bigint,
                pace text,
                PRIMARY KEY (version, step),
                FOREIGN KEY (version, step) REFERENCES sluice.step ON DELETE CASCADE);
""" + RANGES + """
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
            """;

    private JournalSchema() {}

    /** What makes a journal, statement by statement. */
    static List<String> statements() {
        return Arrays.stream(CREATE.split(";\\s*\\n"))
                .map(String::strip)
                .filter(statement -> !statement.isEmpty())
                .toList();
    }

    /** Whether Sluice has ever run here. */
    static boolean exists(Session session) {
        // not to_regclass: the server's memory of names may be older than the commit of another first run
        return session.isTrue("SELECT EXISTS (SELECT FROM pg_class c JOIN pg_namespace n ON n.oid = relnamespace"
                + " WHERE nspname = 'sluice' AND relname = 'journal')");
    }

    /**
     * Creates the journal when there is none; in one transaction, so that it is there completely or not at all.
     *
     * @throws SluiceException when a right is missing (the message says which), or a newer Sluice made the journal
     */
    static void install(Session session) {
        if (!exists(session)) {
            List<String> missing = missingRights(session);
            if (!missing.isEmpty()) {
                throw new MissingRightsException("this command", missing);
            }
            session.inTransaction(() -> create(session));
        }
        checkTriggers(session);
        int found = version(session);
        if (found < 1) {
            throw new SluiceException(
                    ExitCode.FAILED_NEEDS_OPERATOR,
                    "table sluice.journal has lost its row, which says how the journal is to be read; nothing was changed"
                            + "\n  next: sluice doctor, then sluice repair");
        }
        if (found > VERSION) {
            throw new SluiceException(
                    ExitCode.ERROR,
                    "the journal in this database was made by a newer Sluice (journal version " + found
                            + ", this one knows " + VERSION + ")\n  next: use the newer Sluice");
        }
    }

    /**
     * Whoever may write into the schema could have code of theirs run with our rights at each row that is written.
     *
     * @throws SluiceException when a table of the journal has a trigger or a rule
     */
    private static void checkTriggers(Session session) {
        List<String> found = session.query("""
                SELECT 'trigger ' || quote_ident(t.tgname) || ' of ' || t.tgrelid::regclass || ' (owned by '
                    || pg_get_userbyid(c.relowner) || ')'
                FROM pg_catalog.pg_trigger t JOIN pg_catalog.pg_class c ON c.oid = t.tgrelid
                WHERE c.relnamespace = to_regnamespace('sluice') AND NOT t.tgisinternal
                UNION ALL
                SELECT 'rule ' || quote_ident(r.rulename) || ' of ' || r.ev_class::regclass || ' (owned by '
                    || pg_get_userbyid(c.relowner) || ')'
                FROM pg_catalog.pg_rewrite r JOIN pg_catalog.pg_class c ON c.oid = r.ev_class
                WHERE c.relnamespace = to_regnamespace('sluice') AND c.relkind = 'r'
                """, row -> row.text(1));
        if (!found.isEmpty()) {
            throw new SluiceException(
                    ExitCode.FAILED_NEEDS_OPERATOR,
                    "the journal has what Sluice did not make: " + String.join(", ", found)
                            + ". It would run with the rights of this role; nothing was changed"
                            + "\n  next: find out who made it and why, and drop it");
        }
    }

    /** Of the journal that is there. */
    static int version(Session session) {
        return session.one("SELECT version FROM sluice.journal", row -> row.integer(1))
                .orElse(0);
    }

    private static void create(Session session) {
        // Two first runs at once: the second one waits here and finds the journal made.
        session.execute("SELECT pg_advisory_xact_lock(" + (LOCK_KEY + 1) + ")");
        if (exists(session)) {
            return;
        }
        if (!schemaExists(session)) {
            session.execute("CREATE SCHEMA sluice");
        }
        session.execute(CREATE);
        session.execute("INSERT INTO sluice.journal (version) VALUES (?)", VERSION);
    }

    /** What the role lacks to make the journal, in words and with the statement that grants it. */
    static List<String> missingRights(Session session) {
        boolean may = schemaExists(session)
                ? session.isTrue("SELECT has_schema_privilege('sluice', 'CREATE')")
                : session.isTrue("SELECT has_database_privilege(current_database(), 'CREATE')");
        return may ? List.of() : session.query("""
                        SELECT 'make schema sluice, where Sluice keeps its journal: GRANT CREATE ON DATABASE '
                            || quote_ident(current_database()) || ' TO ' || quote_ident(current_user)
                            || ' (or CREATE SCHEMA sluice AUTHORIZATION ' || quote_ident(current_user) || ')'
                        """, row -> row.text(1));
    }

    private static boolean schemaExists(Session session) {
        return session.isTrue("SELECT EXISTS (SELECT FROM pg_namespace WHERE nspname = 'sluice')");
    }
}
