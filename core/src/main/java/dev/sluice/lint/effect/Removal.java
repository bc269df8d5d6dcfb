package dev.sluice.lint.effect;

import dev.sluice.lint.schema.ColumnType;
import dev.sluice.lint.schema.KnownConstraint;
import dev.sluice.lint.schema.KnownIndex;
import dev.sluice.lint.schema.KnownSchema;
import dev.sluice.lint.schema.KnownTable;
import dev.sluice.plan.LockMode;
import dev.sluice.sql.Node;
import dev.sluice.sql.QualifiedName;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** DROP and TRUNCATE. */
final class Removal {

    private final KnownSchema schema;
    private final Impact impact;

    Removal(KnownSchema schema, Impact impact) {
        this.schema = schema;
        this.impact = impact;
    }

    void drop(Node node) {
        for (Node object : node.list("objects")) {
            List<String> name = object.nameParts();
            Node relation = Effects.relation(name);
            switch (node.text("removeType")) {
                case "OBJECT_TABLE", "OBJECT_VIEW", "OBJECT_MATVIEW", "OBJECT_FOREIGN_TABLE" ->
                    schema.table(relation)
                            .ifPresentOrElse(
                                    this::table, () -> impact.lock(schema.name(relation), LockMode.ACCESS_EXCLUSIVE));
                case "OBJECT_INDEX" -> index(node, relation);
                case "OBJECT_SEQUENCE" -> impact.lock(schema.name(relation), LockMode.ACCESS_EXCLUSIVE);
                case "OBJECT_TRIGGER", "OBJECT_POLICY", "OBJECT_RULE" ->
                    impact.lock(
                            schema.name(Effects.relation(name.subList(0, name.size() - 1))), LockMode.ACCESS_EXCLUSIVE);
                case "OBJECT_TYPE", "OBJECT_DOMAIN" -> {
                    if (node.text("behavior").equals("DROP_CASCADE")) {
                        type(name);
                    }
                }
                case "OBJECT_FUNCTION", "OBJECT_PROCEDURE", "OBJECT_ROUTINE" -> {
                    if (node.text("behavior").equals("DROP_CASCADE")) {
                        function(name);
                    }
                }
                case "OBJECT_SCHEMA" ->
                    schema.tables().stream()
                            .filter(t -> t.name().schema().equals(name.get(0)))
                            .forEach(this::table);
                default -> {}
            }
        }
    }

    private void table(KnownTable table) {
        for (KnownTable member : schema.family(table)) {
            impact.lock(member.name(), LockMode.ACCESS_EXCLUSIVE);
            member.foreignKeys()
                    .forEach(key -> key.referenced().ifPresent(r -> impact.lock(r, LockMode.ACCESS_EXCLUSIVE)));
            schema.keysTo(member.name()).forEach(key -> impact.lock(key.table().name(), LockMode.ACCESS_EXCLUSIVE));
        }
        if (table.bound().isPresent()) {
            table.parents().forEach(parent -> impact.lock(parent, LockMode.ACCESS_EXCLUSIVE));
            table.parents().stream()
                    .flatMap(parent -> schema.childrenOf(parent).stream())
                    .filter(t -> t.bound()
                            .filter(KnownTable.PartitionBound::isDefault)
                            .isPresent())
                    .forEach(t -> impact.lock(t.name(), LockMode.ACCESS_EXCLUSIVE));
        }
    }

    private void index(Node node, Node relation) {
        boolean concurrently = node.flag("concurrent");
        if (concurrently) {
            impact.outsideTransactions();
            if (node.list("objects").size() > 1) {
                impact.fails("DROP INDEX CONCURRENTLY takes one index");
                return;
            }
            if (node.text("behavior").equals("DROP_CASCADE")) {
                impact.fails("DROP INDEX CONCURRENTLY does not take CASCADE");
                return;
            }
        }
        if (schema.index(relation).flatMap(KnownIndex::parent).isPresent()) {
            impact.fails("the index goes with that of the partitioned table");
            return;
        }
        schema.index(relation).ifPresentOrElse(i -> drop(i, concurrently), () -> impact.doubt("which table it is of"));
    }

    private void drop(KnownIndex index, boolean concurrently) {
        boolean key = schema.table(index.table())
                .flatMap(t -> t.constraint(index.name().name()))
                .filter(KnownConstraint::hasIndex)
                .isPresent();
        boolean partitioned =
                schema.table(index.table()).filter(KnownTable::isPartitioned).isPresent();
        if (key) {
            impact.fails("the index is that of a constraint: drop the constraint");
        } else if (concurrently && partitioned) {
            impact.fails("PostgreSQL cannot drop an index of a partitioned table CONCURRENTLY");
        } else {
            impact.lock(index.table(), concurrently ? LockMode.SHARE_UPDATE_EXCLUSIVE : LockMode.ACCESS_EXCLUSIVE);
            schema.partsOf(index).forEach(part -> drop(part, concurrently));
        }
    }

    private void type(List<String> name) {
        schema.typeName(new ColumnType(name.size() > 1 ? name.get(0) : "", name.get(name.size() - 1), List.of(), 0))
                .ifPresent(
                        type -> schema.tablesWith(type).forEach(t -> impact.lock(t.name(), LockMode.ACCESS_EXCLUSIVE)));
    }

    /** Defaults and checks that call it go, too. */
    private void function(List<String> name) {
        String called = name.get(name.size() - 1);
        for (KnownTable table : schema.tables()) {
            List<Node> expressions = new ArrayList<>();
            table.columns().forEach(c -> c.defaultValue().ifPresent(expressions::add));
            table.constraints().forEach(c -> c.expression().ifPresent(expressions::add));
            boolean calls = expressions.stream()
                    .flatMap(e -> e.all("FuncCall").stream())
                    .map(call -> call.strings("funcname"))
                    .anyMatch(n -> n.get(n.size() - 1).equals(called));
            if (calls) {
                impact.lock(table.name(), LockMode.ACCESS_EXCLUSIVE);
            }
        }
    }

    void truncate(Node node) {
        Set<QualifiedName> truncated = new LinkedHashSet<>();
        for (Node relation : node.list("relations")) {
            schema.table(relation)
                    .ifPresentOrElse(
                            t -> schema.family(t).forEach(m -> truncated.add(m.name())),
                            () -> truncated.add(schema.name(relation)));
        }
        if (node.text("behavior").equals("DROP_CASCADE")) {
            for (boolean more = true; more; ) {
                Set<QualifiedName> referring = new LinkedHashSet<>();
                truncated.forEach(t -> schema.keysTo(t)
                        .forEach(key -> referring.add(key.table().name())));
                more = truncated.addAll(referring);
            }
        }
        for (QualifiedName name : truncated) {
            impact.lock(name, LockMode.ACCESS_EXCLUSIVE);
            if (schema.table(name).map(KnownTable::holdsRows).orElse(true)) {
                impact.newFiles(name);
            }
        }
    }
}
