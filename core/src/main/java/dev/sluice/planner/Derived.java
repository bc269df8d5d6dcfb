package dev.sluice.planner;

import static java.util.Objects.requireNonNull;

import dev.sluice.sql.DollarQuote;
import dev.sluice.sql.Identifier;
import dev.sluice.sql.QualifiedName;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How the value of one column is derived from other columns of its row: by an SQL function that Sluice creates, or for a
 * mere copy by the column itself. One text serves trigger conditions, trigger bodies, backfills and proofs.
 *
 * <p>The function's body is bound to its objects when it is created (BEGIN ATOMIC, PostgreSQL 14+), so that no caller's
 * {@code search_path} can change its meaning; the server inlines it.
 *
 * @param column what is derived
 * @param type its type, as SQL
 * @param inputs the columns it is derived from, with their types
 * @param expression over the inputs as parameters; empty for a copy of the only input
 * @param inline the same over the table's columns
 * @param function the function's name; not used for a copy
 * @param traits what is certain about the expression
 */
record Derived(
        String column,
        String type,
        List<Input> inputs,
        String expression,
        String inline,
        QualifiedName function,
        Traits traits) {

    /** Types whose explicit cast cuts silently where an assignment fails. */
    private static final Pattern LENGTH_LIMITED = Pattern.compile(
            "(character varying|varchar|character|char|bpchar)\\s*\\((\\d+)\\)[^\\[]*", Pattern.CASE_INSENSITIVE);

    /**
     * Failures that say nothing about a row's values, by the names of PL/pgSQL (appendix "PostgreSQL Error Codes": classes 40,
     * 53, 57 and 58, and three more). NULL for such a row would be a wrong value that nobody hears of. A missing right is not
     * among them: it would be the same each time, and the old version could not write at all.
     */
    private static final String OF_THE_MOMENT = "transaction_rollback OR insufficient_resources OR lock_not_available"
            + " OR operator_intervention OR system_error OR data_corrupted OR index_corrupted";

    /**
     * What is certain about an expression.
     *
     * @param total it can never fail; otherwise a failing row gives NULL, and checks before expand and before contract
     *     name such rows
     * @param neverNull the result is never NULL for rows that the table accepts
     * @param determinedByRow the same row always gives the same value; otherwise (time, chance) a value once there is
     *     taken for the right one
     * @param lookup it reads another table, whose rows may come later than this one
     * @param ofChance one value is as good as another, and what a row has once it keeps, whatever becomes of the row
     */
    record Traits(boolean total, boolean neverNull, boolean determinedByRow, boolean lookup, boolean ofChance) {

        /** Nothing of chance in it. */
        Traits(boolean total, boolean neverNull, boolean determinedByRow, boolean lookup) {
            this(total, neverNull, determinedByRow, lookup, false);
        }
    }

    Derived {
        requireNonNull(column);
        requireNonNull(type);
        inputs = List.copyOf(inputs);
        requireNonNull(expression);
        requireNonNull(inline);
        requireNonNull(function);
        requireNonNull(traits);
    }

    /** A column the value is derived from. */
    record Input(String column, String type) {}

    /** {@code column} is always equal to {@code original}. */
    static Derived copy(String column, String type, String original) {
        return new Derived(
                column,
                type,
                List.of(new Input(original, type)),
                "",
                Identifier.quote(original),
                QualifiedName.of("", "copy"),
                new Traits(true, false, true, false));
    }

    boolean isCopy() {
        return expression.isEmpty();
    }

    List<String> inputColumns() {
        return inputs.stream().map(Input::column).toList();
    }

    /** The value for a row; {@code prefix} is {@code NEW.} in a trigger and empty in a query on the table. */
    String value(String prefix) {
        return value(input -> prefix + Identifier.quote(input));
    }

    /** The value made from other arguments than the row's own columns. */
    String value(UnaryOperator<String> argument) {
        List<String> arguments =
                inputs.stream().map(input -> argument.apply(input.column)).toList();
        return isCopy() ? arguments.get(0) : function.quoted() + "(" + String.join(", ", arguments) + ")";
    }

    /** Whether the column holds the image of its inputs: stricter than SQL equality, and true for two NULLs. */
    String holds(String prefix) {
        if (!traits.determinedByRow) {
            return prefix + Identifier.quote(column) + " IS NOT NULL";
        }
        return "pg_catalog.record_image_eq(ROW(" + prefix + Identifier.quote(column) + "), ROW(" + value(prefix) + "))";
    }

    /** The script's own expression, over the table's columns, as an assignment would store it; fails where that would. */
    String assignable() {
        return assigned(inline, type);
    }

    /** An expression converted to a type as an assignment does it: too long a string is an error, not cut. */
    static String assigned(String expression, String type) {
        Matcher limited = LENGTH_LIMITED.matcher(type);
        if (limited.matches()) {
            return "pg_catalog." + unlimited(limited) + "((" + expression + ")::" + unlimited(limited) + ", "
                    + (Integer.parseInt(limited.group(2)) + 4) + ", false)";
        }
        return "CAST((" + expression + ") AS " + withoutCollation(type) + ")";
    }

    /** Whether a cast to the type cuts a text to its length. */
    static boolean cutsText(String type) {
        return LENGTH_LIMITED.matcher(type).matches();
    }

    /** Parameters, results and targets of a cast carry no collation. */
    static String withoutCollation(String type) {
        int collate = type.toUpperCase(Locale.ROOT).indexOf(" COLLATE ");
        return collate < 0 ? type : type.substring(0, collate);
    }

    /** A conversion that leaves the length to the assignment that follows. */
    static String converted(String expression, String type) {
        Matcher limited = LENGTH_LIMITED.matcher(type);
        return expression + "::" + (limited.matches() ? unlimited(limited) : withoutCollation(type));
    }

    private static String unlimited(Matcher limited) {
        return limited.group(1).toLowerCase(Locale.ROOT).contains("var") ? "varchar" : "bpchar";
    }

    List<String> createStatements() {
        List<String> statements = new ArrayList<>();
        if (isCopy()) {
            return statements;
        }
        String parameters = String.join(
                ", ",
                inputs.stream()
                        .map(input -> Identifier.quote(input.column) + " " + input.type)
                        .toList());
        String types = String.join(", ", inputs.stream().map(Input::type).toList());
        QualifiedName bare = traits.total ? function : raw();
        String result = withoutCollation(type);
        statements.add("CREATE OR REPLACE FUNCTION " + bare.quoted() + "(" + parameters + ") RETURNS " + result
                + "\nLANGUAGE sql BEGIN ATOMIC\n  SELECT " + expression + ";\nEND");
        if (!traits.total) {
            statements.add("CREATE OR REPLACE FUNCTION " + function.quoted() + "(" + types + ") RETURNS " + result
                    // it names types, which the writer's path may not show, or show others of these names
                    + "\nLANGUAGE plpgsql SET search_path FROM CURRENT AS "
                    + DollarQuote.of("DECLARE\n  sluice_result " + result + ";\n"
                            + "BEGIN\n"
                            + "  sluice_result := " + raw().quoted() + "(" + positions() + ");\n"
                            + "  RETURN sluice_result;\n"
                            + "EXCEPTION\n  WHEN " + OF_THE_MOMENT + " THEN\n"
                            + "    RAISE;  -- not the row is to blame: the same statement works again in a moment\n"
                            + "  WHEN OTHERS THEN\n"
                            + "    RETURN NULL;  -- the row stays writable for the old version; contract refuses to go on with it\n"
                            + "END"));
        }
        return statements;
    }

    List<String> dropStatements() {
        List<String> statements = new ArrayList<>();
        if (isCopy()) {
            return statements;
        }
        String types = "(" + String.join(", ", inputs.stream().map(Input::type).toList()) + ")";
        statements.add("DROP FUNCTION IF EXISTS " + function.quoted() + types);
        if (!traits.total) {
            statements.add("DROP FUNCTION IF EXISTS " + raw().quoted() + types);
        }
        return statements;
    }

    private QualifiedName raw() {
        return QualifiedName.of(function.schema(), Identifier.bounded(function.name() + "_raw"));
    }

    private String positions() {
        StringBuilder positions = new StringBuilder();
        for (int i = 1; i <= inputs.size(); i++) {
            positions.append(i == 1 ? "" : ", ").append('$').append(i);
        }
        return positions.toString();
    }
}
