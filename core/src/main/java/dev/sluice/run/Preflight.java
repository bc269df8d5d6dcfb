package dev.sluice.run;

import dev.sluice.db.Session;
import dev.sluice.plan.Plan;
import dev.sluice.plan.Step;
import dev.sluice.sql.QualifiedName;
import dev.sluice.sql.Tokens;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Checks before the first step that the role may do what the plan needs, and says all that is missing at once. */
public final class Preflight {

    /**
     * Tables that are not there yet belong to who makes them. Not by to_regclass, which fails where the role may not look into
     * the schema. A name without a schema is the first of the search path.
     */
    private static final String TABLES = """
            FROM (SELECT DISTINCT ON (t.schema, t.name) c.oid, c.relowner, n.nspname
                FROM unnest(?::text[], ?::text[]) AS t (schema, name)
                JOIN pg_class c ON c.relname = t.name AND c.relkind IN ('r', 'p', 'v', 'm', 'f')
                JOIN pg_namespace n ON n.oid = c.relnamespace
                LEFT JOIN unnest(?::text[]) WITH ORDINALITY AS path (schema, place)
                    ON t.schema = '' AND path.schema = n.nspname
                WHERE t.schema = n.nspname OR path.place IS NOT NULL
                ORDER BY t.schema, t.name, path.place) AS c
            """;

    private static final String OWNED = """
            SELECT 1, 'be owner of ' || c.oid::regclass || ' (owned by ' || pg_get_userbyid(c.relowner) || '): GRANT '
                || quote_ident(pg_get_userbyid(c.relowner)) || ' TO ' || quote_ident(current_user)
            """ + TABLES + """
            WHERE NOT pg_has_role(current_user, c.relowner, 'USAGE')
            """;

    private static final String CREATED = """
            SELECT 2, 'make things in schema ' || quote_ident(n.nspname) || ': GRANT CREATE, USAGE ON SCHEMA '
                || quote_ident(n.nspname) || ' TO ' || quote_ident(current_user)
            FROM pg_namespace n
            WHERE n.nspname = ANY (?::text[])
                AND (NOT has_schema_privilege(n.oid, 'CREATE') OR NOT has_schema_privilege(n.oid, 'USAGE'))
            """;

    private static final String LOOKED = """
            SELECT 3, 'point foreign keys at ' || c.oid::regclass || ': GRANT USAGE ON SCHEMA ' || quote_ident(c.nspname)
                || ' TO ' || quote_ident(current_user) || '; GRANT SELECT, REFERENCES ON ' || c.oid::regclass || ' TO '
                || quote_ident(current_user)
            """ + TABLES + """
            WHERE NOT has_schema_privilege(c.nspname, 'USAGE') OR NOT has_table_privilege(c.oid, 'SELECT')
                OR NOT has_table_privilege(c.oid, 'REFERENCES') AND NOT has_any_column_privilege(c.oid, 'REFERENCES')
            """;

    private static final String REFERENCED = LOOKED.replace("GRANT SELECT, REFERENCES", "GRANT REFERENCES")
            .replace("OR NOT has_table_privilege(c.oid, 'SELECT')", "");

    private static final String EMPTY = """
            SELECT 3, 'look whether ' || c.oid::regclass || ' is still empty: GRANT USAGE ON SCHEMA ' || quote_ident(c.nspname)
                || ' TO ' || quote_ident(current_user) || '; GRANT SELECT ON ' || c.oid::regclass || ' TO '
                || quote_ident(current_user)
            """ + TABLES + """
            WHERE NOT has_schema_privilege(c.nspname, 'USAGE') OR NOT has_any_column_privilege(c.oid, 'SELECT')
            """;

    private static final String WHOLE = """
            SELECT 4, 'see all rows of ' || c.oid::regclass || ', which has row security: ALTER ROLE '
                || quote_ident(current_user) || ' BYPASSRLS'
            """ + TABLES + """
            WHERE row_security_active(c.oid)
            """;

    private static final String ARCHIVE = """
            SELECT 5, 'make schema sluice_archive, where dropped tables are kept: GRANT CREATE ON DATABASE '
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
                || ' (or let them fire: -- sluice:allow backfill-fires-triggers reason="…" above the statement)'
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

    /** Those of {@link #missing} that are not about the journal; in one query, and none for a superuser. */
    static List<String> ofPlan(Session session, Plan plan) {
        if (session.isSuperuser()) {
            return List.of();
        }
        NeededRights needed = NeededRights.of(plan);
        List<String> path = Tokens.of(plan.searchPath()).stream()
                .filter(token -> !token.is(","))
                .map(Tokens.Token::identifier)
                .toList();
        Questions questions = new Questions(path);
        questions.about(OWNED, needed.owned());
        questions.about(LOOKED, needed.looked());
        questions.about(REFERENCED, needed.referenced());
        questions.about(EMPTY, needed.empty());
        questions.about(WHOLE, needed.whole());
        Set<String> schemas = needed.created().stream()
                .flatMap(schema -> schema.isEmpty() ? path.stream().limit(1) : Stream.of(schema))
                .collect(Collectors.toSet());
        if (!schemas.isEmpty()) {
            questions.add(CREATED, schemas);
        }
        if (needed.archive()) {
            questions.add(ARCHIVE);
        }
        List<String> missing = new ArrayList<>(questions.ask(session));
        boolean suppresses = Stream.of(plan.expand(), plan.contract())
                .flatMap(List::stream)
                .anyMatch(step -> step instanceof Step.Backfill backfill && backfill.suppressUserTriggers());
        if (suppresses && !maySuppressTriggers(session)) {
            missing.addAll(session.query(SUPPRESSION, row -> row.text(1)));
        }
        return missing;
    }

    /** Several queries that are sent as one. */
    private record Questions(List<String> path, List<String> queries, List<Object> parameters) {

        Questions(List<String> path) {
            this(path, new ArrayList<>(), new ArrayList<>());
        }

        void add(String sql, Object... values) {
            queries.add(sql);
            parameters.addAll(List.of(values));
        }

        void about(String sql, Collection<QualifiedName> tables) {
            if (!tables.isEmpty()) {
                List<QualifiedName> all = List.copyOf(tables);
                add(
                        sql,
                        all.stream().map(QualifiedName::schema).toList(),
                        all.stream().map(QualifiedName::name).toList(),
                        path);
            }
        }

        List<String> ask(Session session) {
            return queries.isEmpty()
                    ? List.of()
                    : session.query(
                            "SELECT DISTINCT place, text FROM (" + String.join("UNION ALL\n", queries)
                                    + ") AS missing (place, text) ORDER BY place, text",
                            row -> row.text(2),
                            parameters.toArray());
        }
    }

    private static boolean maySuppressTriggers(Session session) {
        return session.serverVersion() >= 150000
                && session.isTrue("SELECT has_parameter_privilege('session_replication_role', 'SET')");
    }
}
