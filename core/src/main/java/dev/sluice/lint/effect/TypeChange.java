package dev.sluice.lint.effect;

import dev.sluice.lint.schema.ColumnType;
import dev.sluice.lint.schema.Expressions;
import dev.sluice.lint.schema.KnownColumn;
import dev.sluice.lint.schema.KnownConstraint;
import dev.sluice.lint.schema.KnownIndex;
import dev.sluice.lint.schema.KnownSchema;
import dev.sluice.lint.schema.KnownTable;
import dev.sluice.plan.LockMode;
import dev.sluice.sql.Node;
import dev.sluice.sql.QualifiedName;
import java.util.Optional;

/** ALTER COLUMN … TYPE, on one table. */
final class TypeChange {

    private final KnownSchema schema;
    private final KnownTable table;
    private final Impact impact;

    TypeChange(KnownSchema schema, KnownTable table, Impact impact) {
        this.schema = schema;
        this.table = table;
        this.impact = impact;
    }

    void take(String name, Node definition) {
        Optional<KnownColumn> known = table.column(name);
        if (known.isEmpty() || known.get().type().name().isEmpty()) {
            if (definition.has("raw_default")
                    && Expressions.column(definition.get("raw_default")).isEmpty()
                    && !definition.get("raw_default").is("TypeCast")) {
                impact.rewrite(table);
            } else {
                impact.doubt("the type that " + table.name() + "." + name + " has now");
            }
            return;
        }
        KnownColumn column = known.get();
        ColumnType to = ColumnType.of(definition.get("typeName"));
        dependents(name);
        boolean computed = definition.has("raw_default") && !isItself(definition.get("raw_default"), column);
        boolean rewrites =
                computed || !new Coercions(schema).keepsBytes(column.type(), to).orElse(false);
        boolean othersCollation = definition.has("collClause");
        if (rewrites) {
            impact.rewrite(table);
        } else {
            for (KnownIndex index : IndexWork.withColumn(schema, table, name)) {
                boolean keyed = index.columns().contains(name);
                if (index.computed().contains(name)
                        || keyed && (othersCollation || !Coercions.keepsIndex(column.type(), to))) {
                    impact.buildIndex(table);
                }
            }
        }
        boolean checked = table.constraints().stream()
                .anyMatch(c -> c.kind() == KnownConstraint.Kind.CHECK
                        && c.validated()
                        && c.enforced()
                        && c.columns().contains(name));
        if (checked) {
            impact.scan(table);
        }
        foreignKeys(name, rewrites);
    }

    private void dependents(String name) {
        new Readers(schema, impact).need(table, name);
        if (table.hasTriggerOf(name)) {
            impact.fails("a trigger fires for UPDATE OF this column");
        }
        boolean generates = table.columns().stream()
                .anyMatch(c ->
                        c.generated().map(Expressions::columns).stream().anyMatch(columns -> columns.contains(name)));
        if (generates) {
            impact.fails("a generated column uses this column");
        }
    }

    /** The table on the other side of a foreign key is locked; a rewrite has the key checked again. */
    private void foreignKeys(String name, boolean rewrites) {
        for (KnownConstraint key : table.foreignKeys()) {
            if (key.columns().contains(name)) {
                key.referenced().ifPresent(other -> again(other, rewrites && key.validated(), table));
            }
        }
        for (KnownSchema.IncomingKey key : schema.keysTo(table.name())) {
            if (key.key().referencedColumns().contains(name)) {
                again(key.table().name(), rewrites && key.key().validated(), key.table());
            }
        }
    }

    private void again(QualifiedName other, boolean checked, KnownTable referring) {
        impact.lock(other, LockMode.ACCESS_EXCLUSIVE);
        if (checked) {
            impact.scan(referring);
            schema.table(other).ifPresent(impact::scan);
        }
    }

    /** {@code USING b} and {@code USING b::text} change nothing. */
    private static boolean isItself(Node using, KnownColumn column) {
        if (using.is("TypeCast")) {
            return isItself(using.get("arg"), column)
                    && ColumnType.of(using.get("typeName")).equals(column.type());
        }
        return Expressions.column(using).equals(Optional.of(column.name()));
    }
}
