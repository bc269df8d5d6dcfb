package dev.sluice.run;

import dev.sluice.db.Session;
import dev.sluice.plan.Plan;
import dev.sluice.plan.Step;
import dev.sluice.sql.QualifiedName;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;

/** Checks before the first step that the role may do what the plan needs, and says all that is missing at once. */
public final class Preflight {

    /**
     * Tables that are not there yet belong to who makes them. Not by to_regclass, which fails where the role may not look into
     * the schema. A name without a schema is looked for in the search path.
     */
    private static final String TABLES = """
            FROM unnest(?::text[], ?::text[]) AS t (schema, name)
            JOIN pg_class c ON c.relname = t.name AND c.relkind IN ('r', 'p', 'v', 'm', 'f')
            JOIN pg_namespace n ON n.oid = c.relnamespace
                AND (n.nspname = t.schema OR t.schema = '' AND n.nspname = ANY (current_schemas(false)))
            """;

    private static final String OWNED = """
            SELECT 'be owner of ' || c.oid::regclass || ' (owned by ' || pg_get_userbyid(c.relowner) || '): GRANT '
                || quote_ident(pg_get_userbyid(c.relowner)) || ' TO ' || quote_ident(current_user)
            """ + TABLES + """
            WHERE NOT pg_has_role(current_user, c.relowner, 'USAGE') ORDER BY 1
            """;

    private static final String REFERENCED = """
            SELECT 'point foreign keys at ' || c.oid::regclass || ': GRANT USAGE ON SCHEMA ' || quote_ident(n.nspname)
                || ' TO ' || quote_ident(current_user) || '; GRANT SELECT, REFERENCES ON ' || c.oid::regclass || ' TO '
                || quote_ident(current_user)
            """ + TABLES + """
            WHERE NOT has_schema_privilege(n.oid, 'USAGE') OR NOT has_table_privilege(c.oid, 'SELECT')
                OR NOT has_table_privilege(c.oid, 'REFERENCES') AND NOT has_any_column_privilege(c.oid, 'REFERENCES')
            ORDER BY 1
            """;

    private static final String CREATED = """
            SELECT DISTINCT 'make things in schema ' || quote_ident(n.nspname) || ': GRANT CREATE, USAGE ON SCHEMA '
                || quote_ident(n.nspname) || ' TO ' || quote_ident(current_user)
            FROM unnest(?::text[]) AS t (name)
            JOIN pg_namespace n ON n.nspname = CASE WHEN t.name <> '' THEN t.name ELSE current_schema() END
            WHERE NOT has_schema_privilege(n.oid, 'CREATE') OR NOT has_schema_privilege(n.oid, 'USAGE') ORDER BY 1
            """;

    private static final String WHOLE = """
            SELECT 'see all rows of ' || c.oid::regclass || ', which has row security: ALTER ROLE '
                || quote_ident(current_user) || ' BYPASSRLS'
            """ + TABLES + """
            WHERE row_security_active(c.oid) ORDER BY 1
            """;

    private static final String ARCHIVE = """
            SELECT 'make schema sluice_archive, where dropped tables are kept: GRANT CREATE ON DATABASE '
                || quote_ident(current_database()) || ' TO ' || quote_ident(current_user) || ' (or CREATE SCHEMA '
                || 'sluice_archive AUTHORIZATION ' || quote_ident(current_user) || ')'
            WHERE NOT CASE WHEN to_regnamespace('sluice_archive') IS NULL
                THEN has_database_privilege(current_database(), 'CREATE')
                ELSE has_schema_privilege('sluice_archive', 'CREATE') END
            """;

    private static final String SUPPRESSION = """
            SELECT 'set session_replication_role, so that a backfill does not fire the tables'' own triggers: '
                || CASE WHEN current_setting('server_version_num')::int >= 150000
                    THEN 'GRANT SET ON PARAMETER session_replication_role TO ' || quote_ident(current_user)
                    ELSE 'before PostgreSQL 15 only a superuser may: run this as one' END
            """;

    private Preflight() {}

    /** @throws MissingRightsException when the role lacks a right; nothing has been changed */
    static void check(Session session, Plan plan) {
        List<String> missing = ofPlan(session, plan);
        if (!missing.isEmpty()) {
            throw new MissingRightsException("migration " + plan.migration().version(), missing);
        }
    }

    /** What the role of the session must be given, each with the statement that does it; empty when it may do all of it. */
    public static List<String> missing(Session session, Plan plan) {
        List<String> missing = new ArrayList<>();
        if (!JournalSchema.exists(session)) {
            missing.addAll(JournalSchema.missingRights(session));
        }
        missing.addAll(ofPlan(session, plan));
        return missing;
    }

    /** Those of {@link #missing} that are not about the journal. */
    static List<String> ofPlan(Session session, Plan plan) {
        NeededRights needed = NeededRights.of(plan);
        List<String> missing = new ArrayList<>();
        missing.addAll(ask(session, OWNED, needed.owned()));
        if (!needed.created().isEmpty()) {
            missing.addAll(session.query(CREATED, row -> row.text(1), List.copyOf(needed.created())));
        }
        missing.addAll(ask(session, REFERENCED, needed.referenced()));
        missing.addAll(ask(session, WHOLE, needed.whole()));
        if (needed.archive()) {
            missing.addAll(session.query(ARCHIVE, row -> row.text(1)));
        }
        boolean suppresses = Stream.of(plan.expand(), plan.contract())
                .flatMap(List::stream)
                .anyMatch(step -> step instanceof Step.Backfill backfill && backfill.suppressUserTriggers());
        if (suppresses && !maySuppressTriggers(session)) {
            missing.addAll(session.query(SUPPRESSION, row -> row.text(1)));
        }
        return missing;
    }

    private static List<String> ask(Session session, String sql, Collection<QualifiedName> tables) {
        return tables.isEmpty()
                ? List.of()
                : session.query(
                        sql,
                        row -> row.text(1),
                        tables.stream().map(QualifiedName::schema).toList(),
                        tables.stream().map(QualifiedName::name).toList());
    }

    private static boolean maySuppressTriggers(Session session) {
        return session.isTrue("SELECT rolsuper FROM pg_roles WHERE rolname = current_user")
                || session.serverVersion() >= 150000
                        && session.isTrue("SELECT has_parameter_privilege('session_replication_role', 'SET')");
    }
}
