package dev.sluice.lint.effect;

import static dev.sluice.plan.LockMode.ACCESS_EXCLUSIVE;

import dev.sluice.lint.schema.ColumnType;
import dev.sluice.lint.schema.KnownSchema;
import dev.sluice.lint.schema.KnownTable;
import dev.sluice.lint.schema.KnownType;
import dev.sluice.plan.LockMode;
import dev.sluice.sql.Node;
import dev.sluice.sql.QualifiedName;
import java.util.List;
import java.util.Optional;

/** ADD COLUMN, of a column that is not there yet. */
final class ColumnAddition {

    private final KnownSchema schema;
    private final Impact impact;
    private final TableConstraints constraints;

    ColumnAddition(KnownSchema schema, Impact impact, TableConstraints constraints) {
        this.schema = schema;
        this.impact = impact;
        this.constraints = constraints;
    }

    /** The sequence that PostgreSQL makes for an identity or serial column. */
    static QualifiedName sequence(KnownTable table, String column) {
        return table.name().withName(table.name().name() + "_" + column + "_seq");
    }

    void take(KnownTable table, List<KnownTable> members, Node definition) {
        String name = definition.text("colname");
        ColumnType type = ColumnType.of(definition.get("typeName"));
        Optional<KnownType> domain = schema.type(type).filter(t -> t.kind() == KnownType.Kind.DOMAIN);
        boolean rewrites =
                type.isSerial() || domain.filter(KnownType::constrained).isPresent();
        boolean scans = false;
        boolean virtual = false;
        boolean valued = false;
        if (type.isSerial()) {
            impact.lock(sequence(table, name), ACCESS_EXCLUSIVE);
        }
        for (Node constraint : definition.list("constraints")) {
            switch (constraint.text("contype")) {
                case "CONSTR_DEFAULT" -> {
                    Node value = constraint.get("raw_expr");
                    boolean computed = Volatility.isVolatile(value, schema, impact);
                    rewrites |= computed;
                    valued = !(value.is("A_Const") && value.flag("isnull"));
                    if (computed) {
                        Effects.sequencesOf(schema, value).forEach(s -> impact.lock(s, LockMode.ROW_EXCLUSIVE));
                    }
                }
                case "CONSTR_IDENTITY" -> {
                    rewrites = true;
                    impact.lock(sequence(table, name), ACCESS_EXCLUSIVE);
                }
                case "CONSTR_GENERATED" -> {
                    virtual = constraint.text("generated_kind").equals("v");
                    rewrites |= !virtual;
                }
                case "CONSTR_CHECK" -> scans |= enforced(definition, constraint);
                default -> {}
            }
        }
        boolean identity = type.isSerial() || has(definition, "CONSTR_IDENTITY") || has(definition, "CONSTR_GENERATED");
        if (has(definition, "CONSTR_NOTNULL")
                && !valued
                && !identity
                && !domain.filter(KnownType::hasDefault).isPresent()
                && members.stream().anyMatch(m -> m.holdsRows() && m.mayHaveRows())) {
            impact.fails("the table has rows, and the column no value for them");
        }
        for (KnownTable member : members) {
            if (rewrites) {
                impact.rewrite(member);
            } else if (scans || virtual && has(definition, "CONSTR_NOTNULL")) {
                impact.scan(member);
            }
        }
        for (Node constraint : definition.list("constraints")) {
            switch (constraint.text("contype")) {
                case "CONSTR_UNIQUE", "CONSTR_PRIMARY" -> members.forEach(impact::buildIndex);
                case "CONSTR_FOREIGN" ->
                    constraints.foreignKey(
                            constraint, members, (valued || rewrites) && enforced(definition, constraint));
                default -> {}
            }
        }
    }

    private static boolean has(Node definition, String constraint) {
        return definition.list("constraints").stream()
                .anyMatch(c -> c.text("contype").equals(constraint));
    }

    /** In a column's definition, NOT ENFORCED is an entry of its own behind the constraint that it is about. */
    private static boolean enforced(Node definition, Node constraint) {
        List<Node> constraints = definition.list("constraints");
        for (int i = constraints.indexOf(constraint) + 1; i < constraints.size(); i++) {
            String type = constraints.get(i).text("contype");
            if (!type.startsWith("CONSTR_ATTR_")) {
                return true;
            }
            if (type.equals("CONSTR_ATTR_NOT_ENFORCED")) {
                return false;
            }
        }
        return true;
    }
}
