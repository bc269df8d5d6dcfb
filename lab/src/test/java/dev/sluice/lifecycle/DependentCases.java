package dev.sluice.lifecycle;

import java.util.List;
import java.util.stream.Stream;

/** What hangs on tables (views, policies, rules, triggers, statistics) and what stands beside them: routines, sequences. */
final class DependentCases {

    static final String HUNG = ProjectCases.ACCOUNTS + """
            CREATE VIEW logins AS SELECT id, login FROM accounts;
            CREATE VIEW logins_twice AS SELECT login || login AS twice FROM logins;
            CREATE MATERIALIZED VIEW per_tenant AS SELECT tenant, count(login) AS n FROM accounts GROUP BY 1;
            CREATE RULE no_delete AS ON DELETE TO accounts WHERE OLD.id = 1 DO INSTEAD NOTHING;
            ALTER TABLE accounts ENABLE ROW LEVEL SECURITY;
            CREATE POLICY own ON accounts USING (login <> 'nobody');
            GRANT SELECT (login), UPDATE (email) ON accounts TO PUBLIC;
            CREATE STATISTICS login_email (dependencies) ON tenant, email FROM accounts;
            COMMENT ON TABLE accounts IS 'who'; COMMENT ON COLUMN accounts.login IS 'name';
            COMMENT ON POLICY own ON accounts IS 'p'; COMMENT ON RULE no_delete ON accounts IS 'r';
            COMMENT ON VIEW logins IS 'v'; COMMENT ON STATISTICS login_email IS 's';
            ALTER TABLE accounts REPLICA IDENTITY FULL;
            """;

    private DependentCases() {}

    static List<LifecycleCase> all() {
        return Stream.concat(dependents().stream(), routines().stream()).toList();
    }

    private static LifecycleCase hung(String name, String up) {
        return LifecycleCase.of(name, HUNG, up).withOld(ProjectCases.OLD);
    }

    private static List<LifecycleCase> dependents() {
        return List.of(
                hung(
                                "dependents: rename a column under views, policy, rule",
                                "ALTER TABLE accounts RENAME COLUMN login TO handle;")
                        .withNew("INSERT INTO accounts (handle) VALUES ('new:n')"),
                hung("dependents: add a column beside everything", """
                        ALTER TABLE accounts ADD COLUMN big text;
                        UPDATE accounts SET big = upper(login);
                        ALTER TABLE accounts ALTER COLUMN big SET NOT NULL;
                        """)
                        .withNew("INSERT INTO accounts (login, big) VALUES ('new:n', 'x')"),
                hung("dependents: change the type under recreated views", """
                        DROP VIEW logins_twice; DROP VIEW logins; DROP MATERIALIZED VIEW per_tenant;
                        DROP POLICY own ON accounts;
                        ALTER TABLE accounts ALTER COLUMN login TYPE text;
                        CREATE VIEW logins AS SELECT id, login FROM accounts;
                        CREATE VIEW logins_twice AS SELECT login || login AS twice FROM logins;
                        CREATE POLICY own ON accounts USING (login <> 'nobody');
                        """),
                hung("dependents: drop a column under recreated views", """
                        DROP VIEW logins_twice; DROP VIEW logins; DROP MATERIALIZED VIEW per_tenant;
                        DROP POLICY own ON accounts;
                        ALTER TABLE accounts DROP COLUMN login;
                        CREATE VIEW logins AS SELECT id, email AS login FROM accounts;
                        """),
                hung("dependents: drop a column with statistics and grants", "ALTER TABLE accounts DROP COLUMN email;")
                        .withNew("INSERT INTO accounts (login) VALUES ('new:n')"),
                hung("dependents: rename the table", "ALTER TABLE accounts RENAME TO members;")
                        .since(15)
                        .withNew("INSERT INTO members (login) VALUES ('new:n')"),
                hung(
                        "dependents: drop views over views",
                        "DROP VIEW logins, logins_twice; DROP MATERIALIZED VIEW per_tenant;"),
                hung("dependents: replica identity, rule, policy", """
                        ALTER TABLE accounts REPLICA IDENTITY DEFAULT;
                        DROP RULE no_delete ON accounts;
                        CREATE RULE no_delete_2 AS ON DELETE TO accounts WHERE OLD.id = 2 DO INSTEAD NOTHING;
                        ALTER POLICY own ON accounts RENAME TO owned;
                        REVOKE SELECT (login) ON accounts FROM PUBLIC;
                        GRANT SELECT (email) ON accounts TO PUBLIC;
                        ALTER STATISTICS login_email RENAME TO both_of_them;
                        """),
                LifecycleCase.of("dependents: publication with a column list", ProjectCases.ACCOUNTS + """
                        CREATE PUBLICATION changes FOR TABLE accounts;
                        """, """
                        ALTER TABLE accounts ADD COLUMN note text;
                        ALTER TABLE accounts DROP COLUMN email;
                        """)
                        .withOld(ProjectCases.OLD),
                LifecycleCase.of(
                                "dependents: generated column and triggers",
                                ProjectCases.ACCOUNTS + """
                        ALTER TABLE accounts ADD COLUMN lowered text GENERATED ALWAYS AS (lower(login)) STORED;
                        ALTER TABLE accounts ADD COLUMN updated_at timestamptz DEFAULT '2020-01-01 00:00Z';
                        CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS $$
                        BEGIN NEW.updated_at := '2021-01-01 00:00Z'; RETURN NEW; END $$;
                        CREATE TRIGGER touch BEFORE UPDATE ON accounts FOR EACH ROW EXECUTE FUNCTION touch();
                        CREATE TRIGGER touch_login BEFORE UPDATE OF email ON accounts FOR EACH ROW EXECUTE FUNCTION touch();
                        """,
                                "ALTER TABLE accounts RENAME COLUMN email TO mail;")
                        .withOld(ProjectCases.OLD)
                        .withNew("UPDATE accounts SET mail = 'm:n' WHERE id = :id"));
    }

    static final String ROUTINES = ProjectCases.ACCOUNTS + """
            CREATE FUNCTION area(w int, h int) RETURNS int LANGUAGE sql IMMUTABLE AS 'SELECT w * h';
            CREATE FUNCTION area(w numeric) RETURNS numeric LANGUAGE plpgsql IMMUTABLE AS $$ BEGIN RETURN w * w; END $$;
            CREATE FUNCTION logins_of(t int) RETURNS text LANGUAGE sql STABLE
              RETURN (SELECT min(login) FROM accounts WHERE tenant = t);
            CREATE PROCEDURE tidy(n int) LANGUAGE plpgsql AS $$ BEGIN DELETE FROM accounts WHERE id = -n; END $$;
            CREATE AGGREGATE product(int) (SFUNC = int4mul, STYPE = int, INITCOND = '1');
            CREATE SEQUENCE tickets START 100;
            """;

    private static LifecycleCase routines(String name, String up) {
        return LifecycleCase.of(name, ROUTINES, up)
                .withOld(ProjectCases.OLD, "SELECT area(2, 3), area(2.5)", "SELECT logins_of(1)");
    }

    private static List<LifecycleCase> routines() {
        return List.of(
                routines("routines: overloads", """
                        CREATE FUNCTION area(w text) RETURNS text LANGUAGE sql AS 'SELECT w';
                        CREATE OR REPLACE FUNCTION area(w int, h int) RETURNS int LANGUAGE sql IMMUTABLE AS 'SELECT h * w';
                        DROP PROCEDURE tidy(int);
                        COMMENT ON FUNCTION area(numeric) IS 'square';
                        """),
                routines("routines: drop and create with another result", """
                        DROP FUNCTION area(numeric);
                        CREATE FUNCTION area(w numeric) RETURNS text LANGUAGE sql AS 'SELECT w::text';
                        """),
                routines("routines: drop and create a view", """
                        CREATE OR REPLACE FUNCTION area(w numeric) RETURNS numeric LANGUAGE sql AS 'SELECT w * w';
                        DROP AGGREGATE product(int);
                        """),
                routines(
                                "routines: rename a column under a function",
                                "ALTER TABLE accounts RENAME COLUMN login TO handle;")
                        .withNew("INSERT INTO accounts (handle) VALUES ('new:n')", "SELECT logins_of(1)"),
                routines("routines: extension and a column of its type", """
                        CREATE EXTENSION citext;
                        ALTER TABLE accounts ADD COLUMN mail citext;
                        UPDATE accounts SET mail = email;
                        CREATE INDEX accounts_mail ON accounts (mail);
                        """),
                LifecycleCase.of("routines: child table with a foreign key", ProjectCases.ACCOUNTS, """
                        CREATE TABLE sessions (id int PRIMARY KEY, account_id bigint NOT NULL REFERENCES accounts, at date);
                        CREATE INDEX sessions_account ON sessions (account_id);
                        """)
                        .withOld(ProjectCases.OLD, "DELETE FROM accounts WHERE id = :id")
                        .withNew("INSERT INTO sessions SELECT :n, max(id) FROM accounts"));
    }
}
