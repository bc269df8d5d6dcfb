package dev.sluice.lint.effect;

import dev.sluice.lint.schema.Expressions;
import dev.sluice.lint.schema.KnownConstraint;
import dev.sluice.lint.schema.KnownTable;
import dev.sluice.sql.Node;
import java.util.Optional;
import java.util.Set;

/** Whether valid checks show that a column has no NULL ({@code NotNullImpliedByRelConstraints} in tablecmds.c). */
final class NotNullProof {

    private NotNullProof() {}

    /** @param dropped constraints that the same statement drops, which PostgreSQL does first */
    static boolean holds(KnownTable table, String column, Set<String> dropped) {
        return table.constraints().stream()
                .filter(c -> c.kind() == KnownConstraint.Kind.CHECK && c.validated() && c.enforced())
                .filter(c -> !dropped.contains(c.name()))
                .flatMap(c -> c.expression().stream())
                .flatMap(expression -> BoundProof.conjuncts(expression).stream())
                .anyMatch(fact -> isNotNull(fact, column));
    }

    private static boolean isNotNull(Node fact, String column) {
        if (fact.is("BoolExpr") && fact.text("boolop").equals("NOT_EXPR")) {
            return isNull(fact.list("args").get(0), column, "IS_NULL");
        }
        return isNull(fact, column, "IS_NOT_NULL");
    }

    private static boolean isNull(Node test, String column, String type) {
        return test.is("NullTest")
                && (test.text("nulltesttype").equals(type) || type.equals("IS_NULL") && !test.has("nulltesttype"))
                && Expressions.column(test.get("arg")).equals(Optional.of(column));
    }
}
