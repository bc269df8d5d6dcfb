package dev.sluice.lab.rows;

import dev.sluice.catalog.Constraint;
import dev.sluice.sql.Tokens;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * A condition that rows must meet: of a CHECK constraint, or of a partition.
 *
 * @param columns what it reads
 * @param sql the expression
 */
record CheckExpression(String name, Set<String> columns, String sql) {

    private static final List<String> MARKS = List.of(" NOT VALID", " NO INHERIT", " NOT ENFORCED", " ENFORCED");

    CheckExpression {
        columns = Set.copyOf(columns);
    }

    static CheckExpression of(Constraint check) {
        return new CheckExpression(check.name(), Set.copyOf(check.columns()), expression(check.definition()));
    }

    /** The part in brackets of {@code CHECK (…)}. */
    static String expression(String definition) {
        String text = definition.strip();
        for (boolean again = true; again; ) {
            again = false;
            for (String mark : MARKS) {
                if (text.endsWith(mark)) {
                    text = text.substring(0, text.length() - mark.length());
                    again = true;
                }
            }
        }
        return text.substring(text.indexOf('('));
    }

    /** The literals of a hash partition's bound are an object id and remainders: no guess is worth making of them. */
    private boolean isOpaque() {
        return sql.contains("satisfies_hash_partition(");
    }

    /** The strings of the expression, as values. */
    Set<String> strings() {
        if (isOpaque()) {
            return Set.of();
        }
        Set<String> strings = new TreeSet<>();
        for (Tokens.Token token : Tokens.of(sql)) {
            if (token.kind() == Tokens.Kind.STRING) {
                strings.add(unquoted(token.text()));
            }
        }
        return strings;
    }

    /** The numbers of the expression, in order. */
    List<String> numbers() {
        if (isOpaque()) {
            return List.of();
        }
        List<String> numbers = new ArrayList<>();
        boolean negative = false;
        for (Tokens.Token token : Tokens.of(sql)) {
            if (token.kind() == Tokens.Kind.NUMBER) {
                numbers.add((negative ? "-" : "") + token.text());
            }
            negative = token.is("-");
        }
        return List.copyOf(numbers);
    }

    private static String unquoted(String literal) {
        int quote = literal.indexOf('\'');
        if (quote < 0 || !literal.endsWith("'")) {
            return literal;
        }
        String text = literal.substring(quote + 1, literal.length() - 1).replace("''", "'");
        return quote > 0 ? text.replace("\\\\", "\\") : text;
    }
}
