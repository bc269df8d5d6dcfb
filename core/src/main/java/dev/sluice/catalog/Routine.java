package dev.sluice.catalog;

import dev.sluice.sql.QualifiedName;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * A function, procedure, aggregate or window function.
 *
 * @param arguments identity arguments as {@code pg_get_function_identity_arguments} prints them; with the name they identify it
 * @param returns {@code pg_get_function_result}; empty for procedures
 * @param body {@code prosrc}: the text scanned for names that pg_depend does not know; empty for BEGIN ATOMIC bodies
 * @param sqlBody a parsed body (BEGIN ATOMIC or RETURN); pg_depend knows what it uses
 * @param definition {@code pg_get_functiondef}; for aggregates a list of its attributes
 * @param settings {@code SET name = value} clauses
 * @param rowTypes names of tables and views whose row type is an argument or the result
 */
public record Routine(
        QualifiedName name,
        String arguments,
        long oid,
        Kind kind,
        String owner,
        String language,
        Optional<String> returns,
        String body,
        boolean sqlBody,
        String definition,
        Volatility volatility,
        boolean strict,
        boolean securityDefiner,
        boolean leakproof,
        List<String> settings,
        List<QualifiedName> rowTypes,
        Optional<String> comment,
        List<Grant> grants) {

    public enum Kind {
        FUNCTION,
        PROCEDURE,
        AGGREGATE,
        WINDOW
    }

    public enum Volatility {
        IMMUTABLE,
        STABLE,
        VOLATILE
    }

    public Routine {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(arguments, "arguments");
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(owner, "owner");
        Objects.requireNonNull(language, "language");
        Objects.requireNonNull(returns, "returns");
        Objects.requireNonNull(body, "body");
        Objects.requireNonNull(definition, "definition");
        Objects.requireNonNull(volatility, "volatility");
        settings = List.copyOf(settings);
        rowTypes = List.copyOf(rowTypes);
        Objects.requireNonNull(comment, "comment");
        grants = List.copyOf(grants);
    }

    /** {@code public.f(integer, text)}: the name as SQL for ALTER, DROP and COMMENT. */
    public String signature() {
        return name.quoted() + "(" + arguments + ")";
    }
}
