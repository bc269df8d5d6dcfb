package dev.sluice.lab.rows;

import dev.sluice.catalog.TypeRef;
import dev.sluice.db.Session;
import dev.sluice.sql.Identifier;
import java.util.Collection;
import java.util.List;

/** Asks PostgreSQL which texts are values of a type and meet conditions: it knows, we do not. */
final class Judge {

    /** A temporary function, because a cast that fails ends the statement, and only PostgreSQL 16 can ask beforehand. */
    private static final String FUNCTION = """
            CREATE OR REPLACE FUNCTION pg_temp.sluice_is_valid(value text, type text) RETURNS boolean
            LANGUAGE plpgsql AS $body$
            BEGIN
              EXECUTE pg_catalog.format('SELECT %L::%s', value, type);
              RETURN true;
            EXCEPTION WHEN OTHERS THEN
              RETURN false;
            END $body$""";

    private static final String CONDITION_FUNCTION = """
            CREATE OR REPLACE FUNCTION pg_temp.sluice_meets(value text, type text, name text, condition text) RETURNS boolean
            LANGUAGE plpgsql AS $body$
            DECLARE answer boolean;
            BEGIN
              EXECUTE pg_catalog.format('SELECT (%s) IS NOT FALSE FROM (SELECT %L::%s AS %I) c', condition, value, type, name)
                INTO answer;
              RETURN answer;
            EXCEPTION WHEN OTHERS THEN
              RETURN false;
            END $body$""";

    private final Session session;

    Judge(Session session) {
        this.session = session;
        session.execute(FUNCTION);
        session.execute(CONDITION_FUNCTION);
    }

    /** Those texts that are values of the type, in their order; a domain's checks decide, too. */
    List<String> valid(TypeRef type, Collection<String> texts) {
        return ask("pg_temp.sluice_is_valid(t.value, " + Identifier.literal(type.formatted()) + ")", texts);
    }

    /** Those that are values of the type and make every condition about the column of this name true or NULL. */
    List<String> valid(TypeRef type, String column, List<CheckExpression> checks, Collection<String> texts) {
        if (checks.isEmpty()) {
            return valid(type, texts);
        }
        String all = String.join(
                " AND ", checks.stream().map(c -> "(" + c.sql() + ")").toList());
        return ask(
                "pg_temp.sluice_meets(t.value, " + Identifier.literal(type.formatted()) + ", "
                        + Identifier.literal(column) + ", " + Identifier.literal(all) + ")",
                texts);
    }

    private List<String> ask(String condition, Collection<String> texts) {
        return session.query(
                "SELECT t.value FROM unnest(" + TextArrays.literal(texts)
                        + ") WITH ORDINALITY AS t(value, place) WHERE " + condition + " ORDER BY t.place",
                row -> row.text(1));
    }
}
