package dev.sluice.planner;

import static java.util.Objects.requireNonNull;

import dev.sluice.catalog.Catalog;
import dev.sluice.catalog.UserType;
import dev.sluice.sql.Node;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Whether the value of an expression certainly fits a column's type, by its form. What is not plain to see does not. */
final class StoredValue {

    /** Of a literal or NULL: it takes the type of the column, or is refused before the statement runs. */
    private static final String ANY = "any";

    private static final Set<String> TEXTS = Set.of("text", "character varying", "varchar");

    private static final Pattern LIMITED_TEXT =
            Pattern.compile("(?:character varying|varchar|character|char|bpchar)\\s*\\((\\d+)\\)");

    private static final Pattern LIMITED_NUMBER =
            Pattern.compile("(?:numeric|decimal)\\s*\\(\\s*(\\d+)\\s*(?:,\\s*(\\d+)\\s*)?\\)");

    private final Catalog catalog;
    private final UnaryOperator<String> typeOf;

    /** @param typeOf the type of a column, as the catalog formats it; empty when unknown */
    StoredValue(Catalog catalog, UnaryOperator<String> typeOf) {
        this.catalog = requireNonNull(catalog);
        this.typeOf = requireNonNull(typeOf);
    }

    boolean fits(Node value, String columnType) {
        String named = columnType.replaceFirst("(?i) collate .*", "").strip();
        String target = named.toLowerCase(Locale.ROOT).replaceFirst("^(timestamp|time)\\s*\\(\\d\\)", "$1");
        if (TEXTS.contains(target)) {
            return true;
        }
        if (value.is("A_Const") && isWithin(value, target)) {
            return true;
        }
        String type = type(value);
        return !target.contains("(")
                && (type.equals(ANY) ? !isDomain(named) : isAssignable(normal(type), normal(target)));
    }

    /** The moment of now may be cut down to what the column holds of it. */
    private static boolean isAssignable(String type, String target) {
        return type.equals(target)
                || type.equals("timestamp with time zone")
                        && Set.of("timestamp without time zone", "date").contains(target);
    }

    /** A constant within the limits of the type. */
    private static boolean isWithin(Node constant, String target) {
        Matcher text = LIMITED_TEXT.matcher(target);
        if (text.matches() && constant.has("sval")) {
            String value = constant.get("sval").text("sval");
            return value.codePointCount(0, value.length()) <= Integer.parseInt(text.group(1));
        }
        Optional<BigDecimal> number = number(constant);
        return number.isPresent() && isWithin(number.get(), target);
    }

    private static boolean isWithin(BigDecimal number, String target) {
        Matcher limited = LIMITED_NUMBER.matcher(target);
        if (limited.matches()) {
            int scale = limited.group(2) == null ? 0 : Integer.parseInt(limited.group(2));
            BigDecimal rounded = number.setScale(scale, RoundingMode.HALF_UP);
            return rounded.precision() - rounded.scale() <= Integer.parseInt(limited.group(1)) - scale;
        }
        return switch (normal(target)) {
            case "numeric", "decimal" -> true;
            case "smallint" -> isBelow(number, 1 << 15);
            case "integer" -> isBelow(number, 1L << 31);
            case "bigint", "real", "double precision" -> isBelow(number, 1L << 62);
            default -> false;
        };
    }

    private static boolean isBelow(BigDecimal number, long limit) {
        return number.abs().compareTo(BigDecimal.valueOf(limit - 1)) <= 0;
    }

    private static Optional<BigDecimal> number(Node constant) {
        if (constant.has("ival")) {
            return Optional.of(BigDecimal.valueOf(constant.get("ival").number("ival")));
        }
        return constant.has("fval") && constant.get("fval").text("fval").matches("[+-]?\\d{1,300}(\\.\\d{0,300})?")
                ? Optional.of(new BigDecimal(constant.get("fval").text("fval")))
                : Optional.empty();
    }

    /** A literal of a domain passes through its checks only when the statement runs. */
    private boolean isDomain(String named) {
        List<String> name = List.of(named.replace("\"", "").split("\\.", 2));
        return catalog.resolveType(
                        name.size() > 1 ? Optional.of(name.get(0)) : Optional.empty(), name.get(name.size() - 1))
                .filter(type -> type.kind() == UserType.Kind.DOMAIN)
                .isPresent();
    }

    /** The type of an expression where it is plain to see; empty otherwise. */
    private String type(Node node) {
        return switch (node.type()) {
            case "A_Const" ->
                node.has("boolval")
                        ? "boolean"
                        : node.has("ival") ? "integer" : node.flag("isnull") || node.has("sval") ? ANY : "";
            case "ColumnRef" -> {
                List<String> fields = node.strings("fields");
                yield typeOf.apply(fields.get(fields.size() - 1));
            }
            case "NullTest", "BooleanTest", "BoolExpr" -> "boolean";
            case "SQLValueFunction" ->
                switch (node.text("op")) {
                    case "SVFOP_CURRENT_TIMESTAMP" -> "timestamp with time zone";
                    case "SVFOP_LOCALTIMESTAMP" -> "timestamp without time zone";
                    case "SVFOP_CURRENT_DATE" -> "date";
                    default -> "";
                };
            case "FuncCall" -> functionType(ExpressionFacts.functionName(node));
            case "A_Expr" ->
                Set.of("AEXPR_OP").contains(node.text("kind"))
                                && Set.of("||", "+", "-")
                                        .contains(node.strings("name")
                                                .get(node.strings("name").size() - 1))
                        ? ""
                        : "boolean";
            case "TypeCast" -> {
                List<String> names = node.get("typeName").strings("names");
                yield node.get("typeName").has("arrayBounds")
                                || node.get("typeName").has("typmods")
                        ? ""
                        : names.get(names.size() - 1);
            }
            case "CoalesceExpr" -> common(node.list("args"));
            case "CaseExpr" -> {
                List<Node> results = new ArrayList<>();
                node.list("args").forEach(w -> results.add(w.get("result")));
                node.find("defresult").ifPresent(results::add);
                yield common(results);
            }
            default -> "";
        };
    }

    private String common(List<Node> nodes) {
        Set<String> types = nodes.stream().map(this::type).collect(Collectors.toCollection(HashSet::new));
        types.remove(ANY);
        return types.isEmpty() ? ANY : types.size() == 1 ? types.iterator().next() : "";
    }

    private static String functionType(String name) {
        return switch (name) {
            case "length", "char_length", "strpos", "cardinality", "array_length" -> "integer";
            case "now" -> "timestamp with time zone";
            case "gen_random_uuid" -> "uuid";
            case "jsonb_build_object", "jsonb_build_array", "to_jsonb" -> "jsonb";
            default -> "";
        };
    }

    private static String normal(String type) {
        return switch (type) {
            case "int4", "int" -> "integer";
            case "int8" -> "bigint";
            case "int2" -> "smallint";
            case "bool" -> "boolean";
            case "timestamptz" -> "timestamp with time zone";
            case "timestamp" -> "timestamp without time zone";
            case "float8" -> "double precision";
            case "float4" -> "real";
            default -> type;
        };
    }
}
