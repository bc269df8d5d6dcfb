package dev.sluice.lint.rule;

import dev.sluice.lint.About;
import dev.sluice.lint.Finding.Fix;
import dev.sluice.lint.Report;
import dev.sluice.lint.Rule;
import dev.sluice.lint.Scene;
import dev.sluice.lint.Severity;
import dev.sluice.lint.schema.ColumnType;
import dev.sluice.sql.Node;
import dev.sluice.sql.QualifiedName;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** A column of another type than the key that it refers to. */
final class MismatchedReferenceType implements Rule {

    @Override
    public String id() {
        return "mismatched-reference-type";
    }

    @Override
    public Severity severity() {
        return Severity.WARNING;
    }

    @Override
    public About about() {
        return new About(
                "a reference of another type than its key", """
                A smaller integer cannot hold all keys, and the day they outgrow it every INSERT fails. Types of
                different families cannot be compared: PostgreSQL refuses such a foreign key.""", "Give the referring column the type of the key.");
    }

    @Override
    public Set<String> types() {
        return Set.of("CreateStmt", "AlterTableStmt");
    }

    @Override
    public void check(Scene scene, Report report) {
        for (ForeignKey key : ForeignKey.of(scene)) {
            List<String> targets = key.referencedColumns(scene);
            for (int i = 0; i < Math.min(key.columns().size(), targets.size()); i++) {
                String column = key.columns().get(i);
                compare(scene, key.table(), column, key.type(scene, column), key.referenced(), targets.get(i))
                        .ifPresent(mismatch -> mismatch.report(scene, report, key.node(), true));
            }
        }
        byName(scene, report);
    }

    private record Mismatch(
            QualifiedName table, String column, String type, QualifiedName other, String key, String wanted) {

        void report(Scene scene, Report report, Node at, boolean compared) {
            boolean comparable = KeyTypes.comparable(type, wanted);
            boolean fails = compared && !comparable;
            report.found(
                    fails ? Severity.ERROR : comparable ? Severity.WARNING : Severity.INFO,
                    at,
                    table.name() + "." + column + " is " + type + ", but " + other.name() + "." + key + " is " + wanted
                            + (fails ? ": PostgreSQL refuses the foreign key" : ""),
                    fix(scene),
                    table,
                    other);
        }

        /** A larger integer, for a column that the statement makes. */
        private Optional<Fix> fix(Scene scene) {
            boolean integers = KeyTypes.comparable(type, wanted) && !KeyTypes.holds(type, wanted);
            return scene.node().all("ColumnDef").stream()
                    .filter(d -> integers && d.text("colname").equals(column))
                    .filter(d -> !ColumnType.of(d.get("typeName")).isSerial())
                    .findFirst()
                    .flatMap(d -> Columns.retyped(scene, d, wanted.equals("int8") ? "bigint" : "integer"));
        }
    }

    /** A new column {@code order_id} without a foreign key means the key of {@code order} or {@code orders}. */
    private static void byName(Scene scene, Report report) {
        if (!scene.is("CreateStmt") && !scene.is("AlterTableStmt")) {
            return;
        }
        QualifiedName table = scene.schema().name(scene.node().get("relation"));
        for (Node definition : scene.node().all("ColumnDef")) {
            String column = definition.text("colname");
            if (!column.endsWith("_id") || ForeignKey.isComing(scene, column)) {
                continue;
            }
            String stem = column.substring(0, column.length() - "_id".length());
            Stream.of(stem, stem + "s", stem + "es")
                    .map(name -> ForeignKey.primaryKey(scene, table.withName(name)))
                    .flatMap(Optional::stream)
                    .findFirst()
                    .flatMap(key -> compare(
                            scene,
                            table,
                            column,
                            Optional.of(
                                    ColumnType.of(definition.get("typeName")).withoutSerial()),
                            key.table(),
                            key.column()))
                    .ifPresent(mismatch -> mismatch.report(scene, report, definition, false));
        }
    }

    private static Optional<Mismatch> compare(
            Scene scene,
            QualifiedName table,
            String column,
            Optional<ColumnType> type,
            QualifiedName other,
            String key) {
        Optional<String> wanted = scene.schema()
                .table(other)
                .flatMap(t -> t.column(key))
                .map(c -> c.type().name());
        return type.map(ColumnType::name)
                .filter(name -> wanted.filter(w -> !KeyTypes.holds(name, w)).isPresent())
                .map(name -> new Mismatch(table, column, name, other, key, wanted.orElseThrow()));
    }
}
