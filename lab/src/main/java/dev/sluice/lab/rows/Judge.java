package dev.sluice.lab.rows;

import dev.sluice.catalog.TypeRef;
import dev.sluice.db.DatabaseException;
import dev.sluice.db.Session;
import dev.sluice.sql.Identifier;
import java.util.Collection;
import java.util.List;
import java.util.function.Supplier;

/** Asks PostgreSQL which texts are values of a type and meet conditions: it knows, we do not. Needs an open transaction. */
final class Judge {

    /** A temporary function, because a cast that fails ends the statement, and only PostgreSQL 16 can ask beforehand. */
    private static final String FUNCTION = """
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
    }

    /** Those texts that are values of the type, in their order; a domain's checks decide, too. */
    List<String> valid(TypeRef type, Collection<String> texts) {
        return meeting(type.formatted(), "value", "true", texts);
    }

    /**
     * Those that are values of the type and make all conditions about the column true or NULL.
     *
     * @param base the type itself, of a domain the type below all domains
     * @param conditions about a column of this name and no other
     */
    List<String> valid(TypeRef type, String base, String column, List<String> conditions, Collection<String> texts) {
        if (conditions.isEmpty() && type.category() != TypeRef.Category.DOMAIN) {
            return valid(type, texts);
        }
        String all = conditions.isEmpty()
                ? "true"
                : String.join(
                        " AND ",
                        conditions.stream().map(c -> "(" + c + ") IS NOT FALSE").toList());
        return allAtOnce(base, column, all, texts, () -> meeting(type.formatted(), column, all, texts));
    }

    /** Those that are values of the type and make all conditions about the column true or NULL; one by one. */
    List<String> meeting(TypeRef type, String column, List<String> conditions, Collection<String> texts) {
        String all = conditions.isEmpty()
                ? "true"
                : String.join(
                        " AND ",
                        conditions.stream().map(c -> "(" + c + ") IS NOT FALSE").toList());
        return meeting(type.formatted(), column, all, texts);
    }

    /** Fast, but one text that is no value spoils it. */
    private List<String> allAtOnce(
            String type, String column, String condition, Collection<String> texts, Supplier<List<String>> otherwise) {
        session.execute("SAVEPOINT sluice_judge");
        try {
            return session.query(
                    "SELECT t.value FROM unnest(" + TextArrays.literal(texts)
                            + ") WITH ORDINALITY AS t(value, place) CROSS JOIN LATERAL (SELECT t.value::" + type
                            + " AS "
                            + Identifier.quote(column) + " OFFSET 0) c WHERE " + condition + " ORDER BY t.place",
                    row -> row.text(1));
        } catch (DatabaseException e) {
            if (e.isConnectionLost() || e.isCancelled()) {
                throw e;
            }
            session.execute("ROLLBACK TO SAVEPOINT sluice_judge");
            return otherwise.get();
        } finally {
            session.execute("RELEASE SAVEPOINT sluice_judge");
        }
    }

    private List<String> meeting(String type, String column, String condition, Collection<String> texts) {
        return session.query(
                "SELECT t.value FROM unnest(" + TextArrays.literal(texts)
                        + ") WITH ORDINALITY AS t(value, place) WHERE pg_temp.sluice_meets(t.value, "
                        + Identifier.literal(type) + ", " + Identifier.literal(column) + ", "
                        + Identifier.literal(condition)
                        + ") ORDER BY t.place",
                row -> row.text(1));
    }
}
