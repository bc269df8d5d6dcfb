package dev.sluice.lifecycle;

import java.util.List;
import java.util.stream.Stream;

/** What migrations of real projects do: several changes at once, unusual keys, blocks that look first. */
final class ProjectCases {

    static final String ACCOUNTS = """
            CREATE TABLE accounts (
              id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
              tenant int NOT NULL DEFAULT 1,
              login varchar(40) NOT NULL,
              email text,
              score int DEFAULT 0,
              UNIQUE (tenant, login)
            );
            INSERT INTO accounts (login, email, score)
              SELECT 'login' || i, CASE WHEN i % 4 > 0 THEN 'user' || i || '@example.com' END, i % 50
              FROM generate_series(1, :rows) i;
            """;

    static final String OLD = "INSERT INTO accounts (login, email) VALUES ('old:n', 'o:n@example.com')";

    private ProjectCases() {}

    static List<LifecycleCase> all() {
        return Stream.of(chains(), keys(), guarded()).flatMap(List::stream).toList();
    }

    private static LifecycleCase accounts(String name, String up) {
        return LifecycleCase.of(name, ACCOUNTS, up)
                .withOld(OLD, "UPDATE accounts SET score = score + 1 WHERE id = :id");
    }

    private static List<LifecycleCase> chains() {
        return List.of(
                accounts("chain: rename, type, not null", """
                        ALTER TABLE accounts RENAME COLUMN login TO handle;
                        ALTER TABLE accounts ALTER COLUMN handle TYPE varchar(80);
                        ALTER TABLE accounts ALTER COLUMN handle SET DEFAULT 'none';
                        """)
                        .withNew(
                                "INSERT INTO accounts (handle) VALUES ('a name of more than forty characters, that is :n');"
                                        + " DELETE FROM accounts WHERE handle LIKE 'a name of more than forty%'"),
                accounts("chain: type, then rename", """
                        ALTER TABLE accounts ALTER COLUMN login TYPE text;
                        ALTER TABLE accounts RENAME COLUMN login TO handle;
                        """)
                        .withNew(
                                "INSERT INTO accounts (handle) VALUES ('a name of more than forty characters, that is :n');"
                                        + " DELETE FROM accounts WHERE handle LIKE 'a name of more than forty%'"),
                accounts("chain: rename, then not null", """
                        UPDATE accounts SET email = login || '@none' WHERE email IS NULL;
                        ALTER TABLE accounts RENAME COLUMN email TO mail;
                        ALTER TABLE accounts ALTER COLUMN mail SET NOT NULL;
                        ALTER TABLE accounts ADD CONSTRAINT mail_looks CHECK (mail LIKE '%@%');
                        CREATE INDEX accounts_mail ON accounts (lower(mail));
                        """)
                        .withNew("INSERT INTO accounts (login, mail) VALUES ('new:n', 'o:n@example.com')"),
                accounts("chain: default, not null, check on one column", """
                        UPDATE accounts SET score = 0 WHERE score IS NULL;
                        ALTER TABLE accounts ALTER COLUMN score SET DEFAULT 5, ALTER COLUMN score SET NOT NULL,
                          ADD CONSTRAINT score_range CHECK (score BETWEEN 0 AND 100000000);
                        """),
                accounts("chain: add, fill, index, unique, comment, drop", """
                        ALTER TABLE accounts ADD COLUMN full_login text;
                        UPDATE accounts SET full_login = tenant || '/' || login;
                        ALTER TABLE accounts ALTER COLUMN full_login SET NOT NULL;
                        CREATE UNIQUE INDEX accounts_full ON accounts (full_login);
                        COMMENT ON COLUMN accounts.full_login IS 'tenant and login';
                        ALTER TABLE accounts DROP COLUMN email;
                        """)
                        .withNew("INSERT INTO accounts (login, full_login) VALUES ('new:n', '1/new:n')"),
                accounts("chain: fill two columns at once", """
                        ALTER TABLE accounts ADD COLUMN a text, ADD COLUMN b int;
                        UPDATE accounts SET (a, b) = (upper(login), score * 2) WHERE tenant = 1;
                        """)
                        .withNew("UPDATE accounts SET a = 'x', b = 1 WHERE id = :id"),
                accounts("chain: two fills of one column", """
                        ALTER TABLE accounts ADD COLUMN level int;
                        UPDATE accounts SET level = 1;
                        UPDATE accounts SET level = 2 WHERE score > 25;
                        ALTER TABLE accounts ALTER COLUMN level SET NOT NULL, ALTER COLUMN level SET DEFAULT 1;
                        """).withNew("UPDATE accounts SET level = 3 WHERE id = :id"),
                accounts("chain: rename two columns and the table", """
                        ALTER TABLE accounts RENAME COLUMN login TO handle;
                        ALTER TABLE accounts RENAME COLUMN email TO mail;
                        ALTER TABLE accounts RENAME TO members;
                        """)
                        .withNew("INSERT INTO members (handle, mail) VALUES ('new:n', 'n:n@example.com')"));
    }

    private static List<LifecycleCase> keys() {
        return List.of(
                LifecycleCase.of("keys: circular foreign keys", """
                        CREATE TABLE teams (id int PRIMARY KEY, leader_id int);
                        CREATE TABLE people (id int PRIMARY KEY, team_id int REFERENCES teams);
                        INSERT INTO teams SELECT i, i FROM generate_series(1, :rows) i;
                        INSERT INTO people SELECT i, i FROM generate_series(1, :rows) i;
                        """, """
                        ALTER TABLE teams ADD CONSTRAINT leads FOREIGN KEY (leader_id) REFERENCES people
                          DEFERRABLE INITIALLY DEFERRED;
                        ALTER TABLE people DROP CONSTRAINT people_team_id_fkey;
                        ALTER TABLE people ADD CONSTRAINT in_team FOREIGN KEY (team_id) REFERENCES teams ON DELETE SET NULL;
                        """)
                        .withOld("INSERT INTO people VALUES (:n, 1)")
                        .withNew("INSERT INTO people VALUES (:n, 1)"),
                LifecycleCase.of("keys: circular foreign keys to bigint", """
                        CREATE TABLE teams (id int PRIMARY KEY, leader_id int);
                        CREATE TABLE people (id int PRIMARY KEY, team_id int REFERENCES teams);
                        INSERT INTO teams SELECT i, i FROM generate_series(1, :rows) i;
                        INSERT INTO people SELECT i, i FROM generate_series(1, :rows) i;
                        ALTER TABLE teams ADD CONSTRAINT leads FOREIGN KEY (leader_id) REFERENCES people;
                        """, """
                        ALTER TABLE teams ALTER COLUMN id TYPE bigint, ALTER COLUMN leader_id TYPE bigint;
                        ALTER TABLE people ALTER COLUMN id TYPE bigint, ALTER COLUMN team_id TYPE bigint;
                        """)
                        .withRows(10_500)
                        .withOld("INSERT INTO people (id, team_id) VALUES (:n, 1)")
                        .withNew("INSERT INTO people (id, team_id) VALUES (:n, 1)"),
                LifecycleCase.of(
                                "keys: self-referencing foreign key to bigint",
                                """
                        CREATE TABLE nodes (id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY, parent int REFERENCES nodes);
                        INSERT INTO nodes (parent) SELECT NULL FROM generate_series(1, :rows) i;
                        UPDATE nodes SET parent = id / 2 WHERE id > 1;
                        """,
                                "ALTER TABLE nodes ALTER COLUMN id TYPE bigint, ALTER COLUMN parent TYPE bigint;")
                        .withRows(10_500)
                        .withOld("INSERT INTO nodes (parent) VALUES (:id)")
                        .withNew("INSERT INTO nodes (parent) VALUES (:id)"),
                LifecycleCase.of("keys: replace a natural key", """
                        CREATE TABLE countries (code char(2) PRIMARY KEY, name text NOT NULL);
                        INSERT INTO countries SELECT chr(65 + i / 26) || chr(65 + i % 26), 'c' || i
                          FROM generate_series(0, 200) i;
                        """, """
                        ALTER TABLE countries ADD COLUMN id bigint GENERATED ALWAYS AS IDENTITY;
                        ALTER TABLE countries DROP CONSTRAINT countries_pkey;
                        ALTER TABLE countries ADD PRIMARY KEY (id);
                        ALTER TABLE countries ADD UNIQUE (code);
                        """)
                        .withAnyValue("id")
                        .withOld("UPDATE countries SET name = 'n:n' WHERE code = 'AA'"),
                LifecycleCase.of("keys: composite key grows", """
                        CREATE TABLE lines (doc int, pos int, tenant int NOT NULL DEFAULT 1, PRIMARY KEY (doc, pos));
                        INSERT INTO lines SELECT i / 10, i % 10 FROM generate_series(1, :rows) i;
                        """, """
                        ALTER TABLE lines DROP CONSTRAINT lines_pkey, ADD PRIMARY KEY (tenant, doc, pos);
                        """)
                        .withOld("INSERT INTO lines VALUES (:n, 1)")
                        .withNew("INSERT INTO lines VALUES (:n, 1)"),
                LifecycleCase.of("keys: no primary key, fill and delete", """
                        CREATE TABLE log (at timestamptz DEFAULT '2020-01-01 00:00Z', message text);
                        INSERT INTO log (message) SELECT 'm' || i % 7 FROM generate_series(1, :rows) i;
                        """, """
                        ALTER TABLE log ADD COLUMN length int;
                        UPDATE log SET length = length(message);
                        ALTER TABLE log ALTER COLUMN length SET NOT NULL;
                        ALTER TABLE log RENAME COLUMN message TO text;
                        """)
                        .withOld("INSERT INTO log (message) VALUES ('x:n')")
                        .withDown("ALTER TABLE log RENAME COLUMN text TO message; ALTER TABLE log DROP COLUMN length;"),
                LifecycleCase.of("keys: generated always identity, filled in batches", ACCOUNTS, """
                        ALTER TABLE accounts ADD COLUMN domain text;
                        UPDATE accounts SET domain = split_part(email, '@', 2) WHERE email IS NOT NULL;
                        ALTER TABLE accounts ALTER COLUMN id TYPE numeric;
                        """.replace(
                                        "ALTER TABLE accounts ALTER COLUMN id TYPE numeric;\n", ""))
                        .withRows(10_500)
                        .withOld(OLD)
                        .withNew("UPDATE accounts SET domain = 'x' WHERE id = :id"));
    }

    /** As Drizzle, Prisma and people write what has no IF NOT EXISTS. */
    private static List<LifecycleCase> guarded() {
        return List.of(
                accounts("guarded: what is not there yet", """
                        DO $$ BEGIN
                         CREATE TYPE plan AS ENUM ('free', 'paid');
                        EXCEPTION
                         WHEN duplicate_object THEN null;
                        END $$;
                        DO $do$
                        BEGIN
                          IF NOT EXISTS (SELECT 1 FROM information_schema.columns
                              WHERE table_name = 'accounts' AND column_name = 'plan') THEN
                            ALTER TABLE accounts ADD COLUMN plan plan DEFAULT 'free';
                          END IF;
                        END;
                        $do$ LANGUAGE plpgsql;
                        CREATE TABLE orders (id int PRIMARY KEY, account bigint);
                        DO $$ BEGIN
                          ALTER TABLE "orders" ADD CONSTRAINT "orders_account_fk" FOREIGN KEY ("account")
                            REFERENCES "public"."accounts"("id") ON DELETE cascade ON UPDATE no action;
                        EXCEPTION WHEN duplicate_object THEN null; END $$;
                        DO $$ BEGIN
                          ALTER TABLE accounts ADD CONSTRAINT score_small CHECK (score < 1000000000);
                        EXCEPTION WHEN duplicate_object OR duplicate_table THEN RAISE NOTICE 'there'; END $$;
                        """)
                        .withNew("UPDATE accounts SET plan = 'paid' WHERE id = :id"),
                accounts("guarded: what is there", """
                        DO $$ BEGIN
                         ALTER TABLE accounts ADD COLUMN score text;
                        EXCEPTION WHEN duplicate_column THEN null; END $$;
                        DO $$ BEGIN
                          IF NOT EXISTS (SELECT FROM pg_catalog.pg_constraint c WHERE c.conname = 'accounts_tenant_login_key') THEN
                            ALTER TABLE accounts ADD CONSTRAINT accounts_tenant_login_key UNIQUE (login);
                          END IF;
                        END $$;
                        DO $$ BEGIN
                          IF NOT EXISTS (SELECT 1 FROM pg_constraint c JOIN pg_namespace n ON n.oid = c.connamespace
                              WHERE c.conname = 'accounts_tenant_login_key' AND c.conrelid = 'public.accounts'::regclass
                              AND n.nspname = current_schema()) THEN
                            ALTER TABLE accounts ADD CONSTRAINT accounts_tenant_login_key UNIQUE (login);
                          END IF;
                        END $$;
                        ALTER TABLE accounts ADD COLUMN note text;
                        """));
    }

    /** What stays out, and what to do instead. */
    static List<RefusedCase> refused() {
        return List.of(
                new RefusedCase(
                        "a column renamed and dropped",
                        ACCOUNTS,
                        "ALTER TABLE accounts RENAME COLUMN login TO handle;\nALTER TABLE accounts DROP COLUMN handle;",
                        "drop-renamed-column",
                        2,
                        "its old name"),
                new RefusedCase(
                        "a column dropped and another renamed to its name",
                        ACCOUNTS,
                        "ALTER TABLE accounts DROP COLUMN email;\nALTER TABLE accounts RENAME COLUMN login TO email;",
                        "same-name-cutover",
                        2,
                        "later migration"),
                new RefusedCase(
                        "a column dropped and added again",
                        ACCOUNTS,
                        "ALTER TABLE accounts DROP COLUMN score;\nALTER TABLE accounts ADD COLUMN score text;",
                        "same-name-cutover",
                        2,
                        "another name"),
                new RefusedCase(
                        "a type change under a view",
                        DependentCases.HUNG,
                        "ALTER TABLE accounts ALTER COLUMN login TYPE text;",
                        "change-type-dependent-object",
                        1,
                        "earlier in the script"),
                new RefusedCase(
                        "a dropped column under a view",
                        DependentCases.HUNG,
                        "ALTER TABLE accounts DROP COLUMN login;",
                        "drop-column-dependent-object",
                        1,
                        "earlier in the script"),
                new RefusedCase(
                        "a dropped type that a column has",
                        TypeCases.TYPED,
                        "ALTER TABLE things DROP COLUMN size;\nDROP TYPE mood;",
                        "drop-cascade",
                        2,
                        "Drop them first"),
                new RefusedCase(
                        "a primary key on a partitioned table, on PostgreSQL 18",
                        PartitionCases.PARTS,
                        "ALTER TABLE m ADD PRIMARY KEY (id, at, kind);",
                        "add-unique-constraint",
                        1,
                        "UNIQUE"),
                new RefusedCase(
                        "the primary key of a partitioned table, on PostgreSQL 18",
                        PartitionCases.PARTS + "ALTER TABLE m ADD PRIMARY KEY (id, at, kind);",
                        "ALTER TABLE m DROP CONSTRAINT m_pkey;",
                        "drop-partitioned-key",
                        1,
                        "keep it"),
                new RefusedCase(
                        "a key on a partitioned table one of whose partitions has it",
                        PartitionCases.PARTS + "ALTER TABLE m_2_a ADD UNIQUE (id, at, kind);",
                        "ALTER TABLE m ADD UNIQUE (id, at, kind);",
                        "add-unique-constraint",
                        1,
                        "Drop the partition's own key"),
                new RefusedCase(
                        "a DO block that hides every error",
                        ACCOUNTS,
                        "DO $$ BEGIN CREATE TYPE plan AS ENUM ('free'); EXCEPTION WHEN OTHERS THEN null; END $$;",
                        "opaque-sql",
                        1,
                        "plain statements"),
                new RefusedCase(
                        "a DO block that looks for something else than it makes",
                        ACCOUNTS,
                        "DO $$ BEGIN IF NOT EXISTS (SELECT FROM pg_type WHERE typname = 'other') THEN"
                                + " CREATE TYPE plan AS ENUM ('free'); END IF; END $$;",
                        "opaque-sql",
                        1,
                        "plain statements"),
                new RefusedCase(
                        "a DO block that looks for a name that something else has",
                        ACCOUNTS + "CREATE TABLE other (id int, CONSTRAINT small CHECK (id < 9));",
                        "DO $$ BEGIN IF NOT EXISTS (SELECT FROM pg_constraint WHERE conname = 'small') THEN"
                                + " ALTER TABLE accounts ADD CONSTRAINT small CHECK (score < 9); END IF; END $$;",
                        "opaque-sql",
                        1,
                        "plain statements"),
                hidden(
                        "a DO block that looks in another schema",
                        "SELECT FROM information_schema.columns WHERE table_schema = 'other'"
                                + " AND table_name = 'accounts' AND column_name = 'score'"),
                hidden(
                        "a DO block that looks for something else, too",
                        "SELECT FROM information_schema.columns WHERE table_name = 'accounts'"
                                + " AND column_name = 'score' AND data_type = 'text'"),
                hidden(
                        "a DO block that looks for either of two",
                        "SELECT FROM information_schema.columns WHERE table_name = 'accounts'"
                                + " AND (column_name = 'score' OR column_name = 'rank')"),
                hidden(
                        "a DO block that looks for what it does not make",
                        "SELECT FROM information_schema.columns WHERE table_name = 'accounts'"
                                + " AND NOT column_name = 'score'"),
                hidden(
                        "a DO block that counts, which always has a row",
                        "SELECT count(*) FROM information_schema.columns WHERE table_name = 'accounts'"
                                + " AND column_name = 'score'"),
                hidden(
                        "a DO block that looks in a table of the user's, too",
                        "SELECT FROM information_schema.columns, accounts WHERE table_name = 'accounts'"
                                + " AND column_name = 'score'"),
                hidden(
                        "a DO block that looks in a catalog of other things",
                        "SELECT FROM pg_class WHERE relname = 'score'"),
                new RefusedCase(
                        "a DO block that looks for what the script has taken away",
                        ACCOUNTS + "ALTER TABLE accounts ADD CONSTRAINT small CHECK (score < 1000000000);",
                        "ALTER TABLE accounts DROP CONSTRAINT small;\n"
                                + "DO $$ BEGIN IF NOT EXISTS (SELECT FROM pg_constraint WHERE conname = 'small') THEN"
                                + " ALTER TABLE accounts ADD CONSTRAINT small CHECK (score < 9); END IF; END $$;",
                        "opaque-sql",
                        2,
                        "plain statements"),
                new RefusedCase(
                        "a DO block",
                        ACCOUNTS,
                        "DO $$ BEGIN DELETE FROM accounts; END $$;",
                        "opaque-sql",
                        1,
                        "plain statements"));
    }

    /** A column that is there, and a block that would not find it, or not only it. */
    private static RefusedCase hidden(String name, String look) {
        return new RefusedCase(
                name,
                ACCOUNTS,
                "DO $$ BEGIN IF NOT EXISTS (" + look
                        + ") THEN ALTER TABLE accounts ADD COLUMN score text; END IF; END $$;",
                "opaque-sql",
                1,
                "plain statements");
    }
}
