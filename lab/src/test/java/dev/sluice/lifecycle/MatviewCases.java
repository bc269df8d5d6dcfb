package dev.sluice.lifecycle;

import java.util.List;

/** Materialized views that a script drops and makes again. */
final class MatviewCases {

    private static final String READ = ProjectCases.ACCOUNTS + """
            CREATE VIEW named AS SELECT id, login FROM accounts;
            CREATE MATERIALIZED VIEW per_tenant AS SELECT tenant, count(login) AS n FROM accounts GROUP BY 1;
            CREATE UNIQUE INDEX ON per_tenant (tenant);
            CREATE INDEX per_tenant_n ON per_tenant (n);
            COMMENT ON MATERIALIZED VIEW per_tenant IS 'counted';
            COMMENT ON INDEX per_tenant_n IS 'by number';
            GRANT SELECT ON per_tenant TO PUBLIC;
            CREATE VIEW tenants AS SELECT tenant FROM per_tenant;
            """;

    private MatviewCases() {}

    private static LifecycleCase matviews(String name, String up) {
        return LifecycleCase.of("matviews: " + name, READ, up)
                .withOld(ProjectCases.OLD, "SELECT tenant FROM per_tenant")
                .withNew("SELECT tenant FROM per_tenant");
    }

    static List<LifecycleCase> all() {
        return List.of(
                matviews("made anew with indexes, and a view over it", """
                        DROP VIEW tenants;
                        DROP MATERIALIZED VIEW per_tenant;
                        CREATE MATERIALIZED VIEW per_tenant AS
                          SELECT tenant, count(*) AS logins, max(login) AS last FROM accounts GROUP BY 1;
                        CREATE UNIQUE INDEX ON per_tenant (tenant);
                        CREATE INDEX per_tenant_n ON per_tenant (logins DESC) WHERE logins > 1;
                        COMMENT ON MATERIALIZED VIEW per_tenant IS 'counted otherwise';
                        GRANT SELECT ON per_tenant TO pg_monitor;
                        CREATE VIEW tenants AS SELECT tenant, last FROM per_tenant;
                        """),
                matviews("without rows for the time being", """
                        DROP VIEW tenants;
                        DROP MATERIALIZED VIEW per_tenant;
                        CREATE MATERIALIZED VIEW per_tenant AS SELECT tenant FROM accounts WITH NO DATA;
                        """)
                        .withOld(ProjectCases.OLD)
                        .withNew(),
                matviews("before the deploy", """
                        DROP VIEW tenants;
                        -- sluice:phase expand
                        DROP MATERIALIZED VIEW per_tenant;
                        CREATE MATERIALIZED VIEW per_tenant AS SELECT tenant, 'x' AS mark FROM accounts GROUP BY 1;
                        CREATE UNIQUE INDEX per_tenant_once ON per_tenant (tenant);
                        """),
                matviews("under a type that changes", """
                        DROP VIEW tenants;
                        DROP MATERIALIZED VIEW per_tenant;
                        ALTER TABLE accounts ALTER COLUMN tenant TYPE bigint;
                        CREATE MATERIALIZED VIEW per_tenant AS SELECT tenant, count(login) AS n FROM accounts GROUP BY 1;
                        CREATE UNIQUE INDEX ON per_tenant (tenant);
                        CREATE VIEW tenants AS SELECT tenant FROM per_tenant;
                        """),
                matviews("filled when its index is there, like a new one", """
                        DROP VIEW tenants;
                        DROP MATERIALIZED VIEW per_tenant;
                        CREATE MATERIALIZED VIEW per_tenant AS SELECT tenant FROM accounts GROUP BY 1 WITH NO DATA;
                        CREATE UNIQUE INDEX per_tenant_once ON per_tenant (tenant);
                        REFRESH MATERIALIZED VIEW per_tenant;
                        CREATE MATERIALIZED VIEW per_login AS SELECT id, login FROM accounts WITH NO DATA;
                        CREATE UNIQUE INDEX ON per_login (id);
                        REFRESH MATERIALIZED VIEW per_login;
                        """),
                matviews("over a view that names what is renamed", """
                        DROP VIEW tenants, named;
                        DROP MATERIALIZED VIEW per_tenant;
                        ALTER TABLE accounts RENAME COLUMN login TO handle;
                        CREATE VIEW handles AS SELECT tenant, handle FROM accounts;
                        CREATE MATERIALIZED VIEW per_tenant AS SELECT tenant, max(handle) AS n FROM handles GROUP BY 1;
                        CREATE INDEX per_tenant_n ON per_tenant (n);
                        CREATE VIEW named AS SELECT handle FROM handles;
                        """),
                matviews("a view becomes one", """
                        DROP VIEW named;
                        CREATE MATERIALIZED VIEW named AS SELECT id, tenant, login FROM accounts;
                        CREATE UNIQUE INDEX ON named (id);
                        """),
                matviews("one becomes a view", """
                        DROP VIEW tenants;
                        DROP MATERIALIZED VIEW per_tenant;
                        CREATE VIEW per_tenant AS SELECT DISTINCT tenant FROM accounts;
                        """),
                matviews("over a view made anew, in one transaction", """
                        DROP VIEW tenants;
                        DROP MATERIALIZED VIEW per_tenant;
                        DROP VIEW named;
                        CREATE VIEW named AS SELECT id, upper(login) AS login FROM accounts;
                        -- sluice:allow view-replace reason="a small one"
                        CREATE MATERIALIZED VIEW per_tenant AS SELECT login, count(id) AS tenant FROM named GROUP BY 1;
                        CREATE INDEX per_tenant_n ON per_tenant (login);
                        """));
    }

    static List<RefusedCase> refused() {
        return List.of(
                new RefusedCase(
                        "a materialized view made anew over a view made anew",
                        READ,
                        """
                        DROP VIEW tenants;
                        DROP MATERIALIZED VIEW per_tenant;
                        DROP VIEW named;
                        CREATE VIEW named AS SELECT id, upper(login) AS login FROM accounts;
                        CREATE MATERIALIZED VIEW per_tenant AS SELECT login, count(id) AS tenant FROM named GROUP BY 1;
                        """,
                        "view-replace",
                        5,
                        "another name"),
                new RefusedCase(
                        "a view made anew over one that is made too late", READ, """
                        DROP VIEW tenants; DROP VIEW named;
                        ALTER TABLE accounts RENAME COLUMN login TO handle;
                        CREATE VIEW tenants AS SELECT tenant FROM per_tenant;
                        CREATE VIEW handles AS SELECT handle FROM accounts;
                        CREATE VIEW named AS SELECT handle FROM handles;
                        """, "view-replace", 5, "Write line"),
                new RefusedCase(
                        "a table in the place of a materialized view",
                        DependentCases.HUNG,
                        "DROP MATERIALIZED VIEW per_tenant;\nCREATE TABLE per_tenant AS SELECT tenant FROM accounts;",
                        "same-name-cutover",
                        2,
                        "another name"));
    }
}
