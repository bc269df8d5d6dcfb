package dev.sluice.cli.scaffold;

import static java.util.Objects.requireNonNull;

import dev.sluice.ExitCode;
import dev.sluice.SluiceException;
import dev.sluice.sql.Identifier;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A column as written on the command line: {@code name:type}, with {@code !} for NOT NULL and {@code :unique}, {@code
 * :index} or {@code :default=VALUE} behind it. Rails' names of types are understood; everything else is PostgreSQL's.
 *
 * @param references the table that the column points to
 * @param defaultExpression SQL
 */
public record ColumnSpec(
        String name,
        String type,
        boolean notNull,
        boolean unique,
        boolean index,
        Optional<String> references,
        Optional<String> defaultExpression) {

    private static final Map<String, String> RAILS = Map.of(
            "string", "text",
            "datetime", "timestamptz",
            "timestamp", "timestamptz",
            "decimal", "numeric",
            "float", "double precision",
            "binary", "bytea",
            "json", "jsonb");

    public ColumnSpec {
        requireNonNull(name);
        requireNonNull(type);
        requireNonNull(references);
        requireNonNull(defaultExpression);
    }

    /** @throws SluiceException with {@link ExitCode#USAGE} when it is not of the form */
    public static ColumnSpec parse(String text) {
        List<String> parts = parts(text);
        String type = parts.size() < 2 ? "" : parts.get(1).strip();
        boolean notNull = type.endsWith("!");
        type = notNull ? type.substring(0, type.length() - 1) : type;
        String name = Names.snake(parts.get(0));
        if (name.isEmpty() || type.isEmpty()) {
            throw usage(text, "a column is written name:type, for example full_name:text or price:numeric(10,2)!");
        }
        boolean unique = false;
        boolean index = false;
        Optional<String> fallback = Optional.empty();
        for (String modifier : parts.subList(2, parts.size())) {
            String word = modifier.toLowerCase(Locale.ROOT);
            if (word.equals("unique") || word.equals("uniq")) {
                unique = true;
            } else if (word.equals("index")) {
                index = true;
            } else if (word.equals("notnull") || word.equals("not_null")) {
                notNull = true;
            } else if (word.startsWith("default=")) {
                fallback = Optional.of(modifier.substring("default=".length()));
            } else {
                throw usage(text, "'" + modifier + "' is none of unique, index, notnull, default=VALUE");
            }
        }
        String lower = type.toLowerCase(Locale.ROOT);
        if (lower.equals("references") || lower.equals("belongs_to")) {
            String column = name.endsWith("_id") ? name : name + "_id";
            String table = Names.plural(column.substring(0, column.length() - "_id".length()));
            return new ColumnSpec(column, "bigint", notNull, unique, index, Optional.of(table), fallback);
        }
        String sqlType = sqlType(type);
        return new ColumnSpec(
                name,
                sqlType,
                notNull,
                unique,
                index,
                Optional.empty(),
                fallback.map(value -> literal(sqlType, value)));
    }

    /** The shell takes quotes away: a bare word for a column of text means the word, not a column of that name. */
    private static String literal(String type, String value) {
        boolean text = type.matches("(?i)(text|varchar|char|citext).*");
        return text && value.indexOf('(') < 0 && value.indexOf('\'') < 0
                ? Identifier.literal(value).strip()
                : value;
    }

    /** As in CREATE TABLE. */
    String definition() {
        return definitionWithoutConstraints()
                + defaultExpression.map(value -> " DEFAULT " + value).orElse("")
                + (notNull ? " NOT NULL" : "")
                + (unique ? " UNIQUE" : "")
                + references
                        .map(table -> " REFERENCES " + Identifier.quote(table))
                        .orElse("");
    }

    String definitionWithoutConstraints() {
        return Identifier.quote(name) + " " + type;
    }

    /** {@code decimal{10,2}}, as in Rails, is {@code numeric(10,2)}. */
    private static String sqlType(String type) {
        String plain = type.replace('{', '(').replace('}', ')');
        int bracket = plain.indexOf('(');
        String word = bracket < 0 ? plain : plain.substring(0, bracket);
        String known = RAILS.getOrDefault(word.toLowerCase(Locale.ROOT), word);
        String rest = bracket < 0 ? "" : plain.substring(bracket);
        return known.equals("text") && !rest.isEmpty() ? "varchar" + rest : known + rest;
    }

    /** Split at colons, but not within brackets, quotes or the {@code ::} of a cast. */
    private static List<String> parts(String text) {
        List<String> parts = new ArrayList<>();
        int start = 0;
        int depth = 0;
        boolean quoted = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            quoted ^= c == '\'';
            depth += quoted ? 0 : c == '(' || c == '{' ? 1 : c == ')' || c == '}' ? -1 : 0;
            if (c == ':' && !quoted && i + 1 < text.length() && text.charAt(i + 1) == ':') {
                i++;
            } else if (c == ':' && depth == 0 && !quoted) {
                parts.add(text.substring(start, i));
                start = i + 1;
            }
        }
        parts.add(text.substring(start));
        return parts;
    }

    private static SluiceException usage(String text, String what) {
        return new SluiceException(ExitCode.USAGE, "The column '" + text + "' is not understood: " + what + ".");
    }
}
