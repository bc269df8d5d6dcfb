package dev.sluice.lint.effect;

import dev.sluice.lint.schema.Expressions;
import dev.sluice.lint.schema.KnownConstraint;
import dev.sluice.lint.schema.KnownTable;
import dev.sluice.sql.Node;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Whether a table's valid checks show that its rows lie within a partition bound, or outside of it, so that PostgreSQL does not
 * have to read them. Knows fewer proofs than PostgreSQL does, and none for hash partitions.
 */
final class BoundProof {

    private final KnownTable parent;
    private final KnownTable table;

    BoundProof(KnownTable parent, KnownTable table) {
        this.parent = parent;
        this.table = table;
    }

    boolean implies(Node bound) {
        if (!bound.text("strategy").equals(String.valueOf(parent.partitionStrategy()))) {
            return false; // DEFAULT, or an error
        }
        List<Node> facts = checks().flatMap(check -> conjuncts(check).stream()).toList();
        return switch (parent.partitionStrategy()) {
            case 'r' ->
                parent.partitionKey().size() == 1
                        && range(bound, parent.partitionKey().get(0), facts);
            case 'l' ->
                parent.partitionKey().size() == 1
                        && list(bound, parent.partitionKey().get(0), facts);
            default -> false;
        };
    }

    /** A check NOT (…) whose inside is implied by the bound: as narrow, or narrower, conditions on the same column. */
    boolean excludes(Node bound) {
        if (parent.partitionStrategy() != 'r' || parent.partitionKey().size() != 1) {
            return false;
        }
        String column = parent.partitionKey().get(0);
        return checks().filter(
                        check -> check.is("BoolExpr") && check.text("boolop").equals("NOT_EXPR"))
                .map(check -> conjuncts(check.list("args").get(0)))
                .anyMatch(inside -> inside.stream().allMatch(part -> holdsWithin(bound, column, part)));
    }

    private Stream<Node> checks() {
        return table.constraints().stream()
                .filter(c -> c.kind() == KnownConstraint.Kind.CHECK && c.validated() && c.enforced())
                .flatMap(c -> c.expression().stream());
    }

    private boolean range(Node bound, String column, List<Node> facts) {
        boolean notNull = table.column(column).filter(c -> c.notNull()).isPresent()
                || facts.stream().anyMatch(fact -> isNotNull(fact, column));
        return notNull
                && limit(bound, "lowerdatums").stream()
                        .allMatch(low -> facts.stream().anyMatch(f -> compares(f, column, List.of(">=", ">"), low, 1)))
                && limit(bound, "upperdatums").stream()
                        .allMatch(high -> facts.stream().anyMatch(f -> compares(f, column, List.of("<"), high, -1)));
    }

    /** The bound's number; empty for MINVALUE and MAXVALUE. Anything else than one number proves nothing. */
    private static Optional<Node> limit(Node bound, String side) {
        List<Node> datums = bound.list(side);
        if (datums.isEmpty()) {
            return Optional.empty();
        }
        Node datum = datums.get(0);
        return datum.is("ColumnRef") ? Optional.empty() : Optional.of(datum);
    }

    private boolean list(Node bound, String column, List<Node> facts) {
        boolean notNull = table.column(column).filter(c -> c.notNull()).isPresent()
                || facts.stream().anyMatch(fact -> isNotNull(fact, column));
        List<Node> values = bound.list("listdatums");
        return notNull
                && facts.stream()
                        .anyMatch(fact -> isComparison(fact, column, "=")
                                && values.stream()
                                        .anyMatch(v -> constant(v).equals(constant(fact.get("rexpr")))
                                                && constant(v).isPresent()));
    }

    /** Whether every value within the bound satisfies this part. */
    private static boolean holdsWithin(Node bound, String column, Node part) {
        if (isNotNull(part, column)) {
            return true;
        }
        Optional<Node> low = limit(bound, "lowerdatums");
        Optional<Node> high = limit(bound, "upperdatums");
        return low.isPresent() && compares(part, column, List.of(">="), low.get(), -1)
                || high.isPresent() && compares(part, column, List.of("<"), high.get(), 1);
    }

    /** @param direction 1 when the fact's number may be larger than the other, -1 when it may be smaller */
    private static boolean compares(Node fact, String column, List<String> operators, Node number, int direction) {
        if (operators.stream().noneMatch(operator -> isComparison(fact, column, operator))) {
            return false;
        }
        Optional<String> stated = constant(fact.get("rexpr"));
        Optional<String> wanted = constant(number);
        if (stated.isEmpty() || wanted.isEmpty()) {
            return false;
        }
        if (stated.equals(wanted)) {
            return true;
        }
        try {
            return Integer.signum(
                            new java.math.BigDecimal(stated.get()).compareTo(new java.math.BigDecimal(wanted.get())))
                    == direction;
        } catch (NumberFormatException notNumbers) {
            return false;
        }
    }

    private static boolean isComparison(Node fact, String column, String operator) {
        return fact.is("A_Expr")
                && fact.strings("name").equals(List.of(operator))
                && Expressions.column(fact.get("lexpr")).equals(Optional.of(column));
    }

    private static boolean isNotNull(Node fact, String column) {
        return fact.is("NullTest")
                && fact.text("nulltesttype").equals("IS_NOT_NULL")
                && Expressions.column(fact.get("arg")).equals(Optional.of(column));
    }

    private static Optional<String> constant(Node node) {
        Node value = node.is("TypeCast") ? node.get("arg") : node;
        if (!value.is("A_Const")) {
            return Optional.empty();
        }
        if (value.has("sval")) {
            return Optional.of(value.get("sval").text("sval"));
        }
        return value.has("fval")
                ? Optional.of(value.get("fval").text("fval"))
                : Optional.of(String.valueOf(value.get("ival").number("ival")));
    }

    static List<Node> conjuncts(Node condition) {
        List<Node> parts = new ArrayList<>();
        if (condition.is("BoolExpr") && condition.text("boolop").equals("AND_EXPR")) {
            condition.list("args").forEach(part -> parts.addAll(conjuncts(part)));
        } else {
            parts.add(condition);
        }
        return parts;
    }
}
