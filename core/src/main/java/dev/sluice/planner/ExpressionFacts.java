package dev.sluice.planner;

import static java.util.Objects.requireNonNull;

import dev.sluice.catalog.Catalog;
import dev.sluice.catalog.Routine;
import dev.sluice.catalog.UserType;
import dev.sluice.sql.Node;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/**
 * What can be said for certain about an expression from its parse tree. Where nothing is known the cautious answer is
 * given: not total, may be NULL. Functions and operators are PostgreSQL's own unless the catalog has one of that name.
 */
public final class ExpressionFacts {

    /** Raise no error for any argument of the types they are declared for. */
    private static final Set<String> TOTAL = Set.of(
            "concat",
            "lower",
            "upper",
            "initcap",
            "length",
            "char_length",
            "character_length",
            "octet_length",
            "btrim",
            "ltrim",
            "rtrim",
            "trim",
            "replace",
            "translate",
            "reverse",
            "md5",
            "left",
            "right",
            "strpos",
            "coalesce",
            "now",
            "jsonb_build_object",
            "jsonb_build_array",
            "json_build_array",
            "to_jsonb",
            "to_json",
            "array_length",
            "cardinality",
            "array_append",
            "array_remove",
            "array_to_string",
            "quote_literal",
            "quote_ident",
            "sign",
            "starts_with",
            "gen_random_uuid");

    /** Total when the arguments after the first are constants of the right kind. */
    private static final Set<String> TOTAL_WITH_CONSTANTS =
            Set.of("split_part", "date_trunc", "regexp_replace", "to_char", "concat_ws", "lpad", "rpad");

    /** NULL exactly when an argument is NULL. */
    private static final Set<String> STRICT = Set.of(
            "lower",
            "upper",
            "initcap",
            "length",
            "char_length",
            "btrim",
            "ltrim",
            "rtrim",
            "replace",
            "translate",
            "reverse",
            "md5",
            "left",
            "right",
            "strpos",
            "split_part",
            "substr",
            "date_trunc",
            "to_char",
            "regexp_replace",
            "round",
            "floor",
            "ceil",
            "ceiling",
            "abs",
            "trunc",
            "position");

    /** A new value on every call. */
    private static final Set<String> VOLATILE = Set.of(
            "random",
            "random_normal",
            "gen_random_uuid",
            "uuidv4",
            "uuidv7",
            "uuid_generate_v1",
            "uuid_generate_v1mc",
            "uuid_generate_v4",
            "clock_timestamp",
            "timeofday",
            "nextval",
            "currval",
            "lastval",
            "setval",
            "pg_sleep",
            "gen_salt",
            "gen_random_bytes",
            "txid_current",
            "pg_current_xact_id",
            "pg_notify",
            "set_config");

    /** The same within a transaction or session, not determined by the row. */
    private static final Set<String> SESSION = Set.of(
            "now",
            "transaction_timestamp",
            "statement_timestamp",
            "current_setting",
            "pg_backend_pid",
            "inet_client_addr",
            "current_database",
            "current_schema",
            "pg_postmaster_start_time");

    private static final Set<String> TOTAL_OPERATORS =
            Set.of("||", "=", "<>", "!=", "<", ">", "<=", ">=", "~~", "!~~", "~~*", "!~~*");

    private final Expression expression;
    private final Catalog catalog;

    public ExpressionFacts(Expression expression, Catalog catalog) {
        this.expression = requireNonNull(expression);
        this.catalog = requireNonNull(catalog);
    }

    /** Whether evaluating it can never raise an error, whatever the row holds. */
    public boolean isTotal() {
        return total(expression.tree());
    }

    /** Whether it is never NULL, given which columns are not. */
    public boolean isNeverNull(Predicate<String> notNullColumn) {
        return neverNull(expression.tree(), notNullColumn);
    }

    /** Whether it calls a VOLATILE function: as a column default it makes PostgreSQL rewrite the table. */
    public boolean isVolatile() {
        return expression.tree().all("FuncCall").stream().anyMatch(call -> {
            String name = functionName(call);
            return VOLATILE.contains(name) || userVolatility(name, Routine.Volatility.VOLATILE);
        });
    }

    /**
     * Whether it draws a value that means nothing but that it is another one each time: a random number, an identifier, one of a
     * sequence. Functions of the user's are not looked into: most that are VOLATILE only do not say that they are not.
     */
    public boolean isOfChance() {
        return expression.tree().all("FuncCall").stream().anyMatch(call -> VOLATILE.contains(functionName(call)));
    }

    /** Whether two evaluations for the same row give the same value: nothing of time, session or chance in it. */
    public boolean isDeterminedByRow() {
        return !isVolatile()
                && expression.tree().all("SQLValueFunction").isEmpty()
                && expression.tree().all("FuncCall").stream().noneMatch(call -> SESSION.contains(functionName(call)));
    }

    /**
     * Whether its value certainly fits a column of this type without a conversion that can fail.
     *
     * @param typeOf the type of a column, as the catalog formats it; empty when unknown
     */
    public boolean isStorable(String columnType, UnaryOperator<String> typeOf) {
        return new StoredValue(catalog, typeOf).fits(expression.tree(), columnType);
    }

    private boolean total(Node node) {
        return switch (node.type()) {
            case "A_Const", "ColumnRef", "SQLValueFunction" -> true;
            case "FuncCall" -> totalCall(node);
            case "A_Expr" -> totalOperator(node) && total(node.get("lexpr")) && total(node.get("rexpr"));
            case "TypeCast" -> castIsTotal(node) && total(node.get("arg"));
            case "CoalesceExpr", "BoolExpr", "MinMaxExpr", "A_ArrayExpr" ->
                allTotal(node.list("args")) && allTotal(node.list("elements"));
            case "NullTest", "BooleanTest", "CollateClause" -> total(node.get("arg"));
            case "CaseExpr" ->
                (!node.has("arg") || total(node.get("arg")))
                        && (!node.has("defresult") || total(node.get("defresult")))
                        && node.list("args").stream().allMatch(w -> total(w.get("expr")) && total(w.get("result")));
            case "List" -> allTotal(node.list("items"));
            default -> false;
        };
    }

    private boolean totalCall(Node call) {
        String name = functionName(call);
        List<Node> args = call.list("args");
        if (!catalogFunctions(name).isEmpty() || !allTotal(args)) {
            return false;
        }
        boolean constants = args.stream().skip(1).allMatch(a -> a.is("A_Const"));
        return switch (name) {
            case "substr", "substring" -> args.size() == 2 || constants && !isNegative(args.get(args.size() - 1));
            case "split_part" ->
                constants && args.size() == 3 && args.get(2).get("ival").number("ival") > 0;
            case "concat_ws" -> true;
            default -> TOTAL.contains(name) || TOTAL_WITH_CONSTANTS.contains(name) && constants;
        };
    }

    private static boolean isNegative(Node constant) {
        return !constant.has("ival") || constant.get("ival").number("ival") < 0;
    }

    /** Arithmetic can overflow or divide by zero; only counting on from a length cannot. */
    private boolean totalOperator(Node operator) {
        return switch (operator.text("kind")) {
            case "AEXPR_OP" -> {
                String name =
                        operator.strings("name").get(operator.strings("name").size() - 1);
                yield TOTAL_OPERATORS.contains(name)
                        || (name.equals("+") || name.equals("-"))
                                && isLength(operator.get("lexpr"))
                                && operator.get("rexpr").get("ival").number("ival") < 1_000_000;
            }
            case "AEXPR_DISTINCT",
                    "AEXPR_NOT_DISTINCT",
                    "AEXPR_IN",
                    "AEXPR_NULLIF",
                    "AEXPR_LIKE",
                    "AEXPR_ILIKE",
                    "AEXPR_BETWEEN",
                    "AEXPR_NOT_BETWEEN" -> true;
            default -> false;
        };
    }

    private boolean isLength(Node node) {
        return node.is("FuncCall") && Set.of("length", "char_length", "strpos").contains(functionName(node));
    }

    /** A literal is converted before the statement runs, where its type is no domain. */
    private boolean castIsTotal(Node cast) {
        List<String> names = cast.get("typeName").strings("names");
        String name = names.get(names.size() - 1);
        if (!cast.get("typeName").list("typmods").isEmpty()) {
            return false;
        }
        boolean text = (name.equals("text") || name.equals("varchar"))
                && !cast.get("typeName").has("arrayBounds");
        return text
                || cast.get("arg").is("A_Const")
                        && cast.get("arg").has("sval")
                        && catalog.resolveType(names.size() > 1 ? Optional.of(names.get(0)) : Optional.empty(), name)
                                .filter(type -> type.kind() == UserType.Kind.DOMAIN)
                                .isEmpty();
    }

    private boolean allTotal(List<Node> nodes) {
        return nodes.stream().allMatch(this::total);
    }

    private boolean neverNull(Node node, Predicate<String> notNullColumn) {
        return switch (node.type()) {
            case "A_Const" -> !node.flag("isnull");
            case "ColumnRef" -> {
                List<String> fields = node.strings("fields");
                yield notNullColumn.test(fields.get(fields.size() - 1));
            }
            case "FuncCall" -> {
                String name = functionName(node);
                boolean own = catalogFunctions(name).isEmpty();
                yield own
                        && (name.equals("concat")
                                || VOLATILE.contains(name) && !name.equals("setval")
                                || name.equals("now")
                                || STRICT.contains(name)
                                        && node.list("args").stream().allMatch(a -> neverNull(a, notNullColumn)));
            }
            case "A_Expr" ->
                List.of("AEXPR_DISTINCT", "AEXPR_NOT_DISTINCT").contains(node.text("kind"))
                        || List.of("AEXPR_OP", "AEXPR_LIKE", "AEXPR_ILIKE").contains(node.text("kind"))
                                && TOTAL_OPERATORS_OR_ARITHMETIC.contains(node.strings("name")
                                        .get(node.strings("name").size() - 1))
                                && (!node.has("lexpr") || neverNull(node.get("lexpr"), notNullColumn))
                                && neverNull(node.get("rexpr"), notNullColumn);
            case "TypeCast", "CollateClause" -> neverNull(node.get("arg"), notNullColumn);
            case "CoalesceExpr" -> node.list("args").stream().anyMatch(a -> neverNull(a, notNullColumn));
            case "BoolExpr" -> node.list("args").stream().allMatch(a -> neverNull(a, notNullColumn));
            case "NullTest", "BooleanTest", "SQLValueFunction", "A_ArrayExpr" -> true;
            case "CaseExpr" ->
                node.has("defresult")
                        && neverNull(node.get("defresult"), notNullColumn)
                        && node.list("args").stream().allMatch(w -> neverNull(w.get("result"), notNullColumn));
            default -> false;
        };
    }

    private static final Set<String> TOTAL_OPERATORS_OR_ARITHMETIC =
            Set.of("||", "=", "<>", "!=", "<", ">", "<=", ">=", "~~", "!~~", "~~*", "!~~*", "+", "-", "*", "/", "%");

    static String functionName(Node call) {
        List<String> names = call.strings("funcname");
        return names.get(names.size() - 1);
    }

    private List<Routine> catalogFunctions(String name) {
        return catalog.functions().stream()
                .filter(f -> f.name().name().equals(name))
                .toList();
    }

    private boolean userVolatility(String name, Routine.Volatility volatility) {
        return catalogFunctions(name).stream().anyMatch(f -> f.volatility() == volatility);
    }
}
