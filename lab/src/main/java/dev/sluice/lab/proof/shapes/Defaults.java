package dev.sluice.lab.proof.shapes;

import dev.sluice.catalog.Catalog;
import dev.sluice.catalog.Column;
import dev.sluice.catalog.Table;
import dev.sluice.db.DatabaseException;
import dev.sluice.db.Session;
import dev.sluice.lab.rows.DefaultText;
import dev.sluice.plan.Plan;
import dev.sluice.sql.Identifier;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Defaults that a migration changes. A column has one at a time, for both versions, and the plan says when it changes: a
 * reference gets the one that the planned database has at the moment.
 */
final class Defaults {

    private static final String NO_FUNCTION = "42883";

    /** A column whose default is not the same in both shapes. */
    private record Changed(Table old, Table fresh, String column, Optional<String> beginning, Optional<String> end) {}

    /** A new column that has its default only when the old version has ended. */
    private record Added(Table fresh, String column, Optional<String> end) {}

    private final Catalog plain;
    private final List<Changed> changed = new ArrayList<>();
    private final List<Added> added = new ArrayList<>();

    Defaults(Scope scope) {
        this.plain = scope.plain();
        for (Table old : scope.oldTables()) {
            scope.successor(old).ifPresent(fresh -> {
                List<String> own = Scope.own(fresh, old);
                for (Column column : fresh.userColumns()) {
                    Optional<Column> before = Scope.same(column, old);
                    if (own.contains(column.name()) && !column.isGenerated() && !column.isIdentity()) {
                        added.add(new Added(fresh, column.name(), column.defaultExpression()));
                    }
                    if (!own.contains(column.name())
                            && before.isPresent()
                            && !column.isGenerated()
                            && !column.isIdentity()
                            && !before.get().defaultExpression().equals(column.defaultExpression())) {
                        changed.add(new Changed(
                                old,
                                fresh,
                                column.name(),
                                before.get().defaultExpression(),
                                column.defaultExpression()));
                    }
                }
            });
        }
    }

    /**
     * The catalog of one version, for writing its statements: a column that has a volatile default in the other shape may have it
     * while both versions write, and is not left to it.
     */
    static Catalog withVolatile(Catalog own, Catalog other) {
        Map<Long, Table> twins = new HashMap<>();
        other.tables().values().forEach(table -> twins.put(table.oid(), table));
        Catalog catalog = own;
        for (Table table : own.tables().values()) {
            Table twin = twins.getOrDefault(table.oid(), table);
            List<Column> columns = table.columns().stream()
                    .map(column -> Scope.same(column, twin)
                            .flatMap(Column::defaultExpression)
                            .filter(expression -> !column.isGenerated() && DefaultText.callsFunctions(expression))
                            .map(expression -> column.withDefault(Optional.of(expression)))
                            .orElse(column))
                    .toList();
            catalog = columns.equals(table.columns()) ? catalog : catalog.withTable(table.withColumns(columns));
        }
        return catalog;
    }

    void alignOld(Twins twins) {
        changed.forEach(column -> align(twins, column.old(), column.column()));
    }

    void alignNew(Twins twins) {
        changed.forEach(column -> align(twins, column.fresh(), column.column()));
        added.forEach(column -> align(twins, column.fresh(), column.column()));
    }

    /**
     * Columns whose values cannot be foreseen, and new ones that have their default at once, as the plan says, for the rows of the
     * old version, too.
     */
    Map<Table, Set<String>> withTold(Map<Table, Set<String>> unforeseeable, Plan plan) {
        Map<Table, Set<String>> all = new HashMap<>(unforeseeable);
        for (Added each : added) {
            if (isTold(plan, each)) {
                Set<String> columns = new TreeSet<>(all.getOrDefault(each.fresh(), Set.of()));
                columns.add(each.column());
                all.put(each.fresh(), columns);
            }
        }
        return all;
    }

    /** Of the table itself, or of one whose partition or child it is. */
    private boolean isTold(Plan plan, Added each) {
        return plain.tables().values().stream()
                .filter(table -> plain.withDescendants(table).contains(each.fresh()))
                .map(table -> "the default of " + table.name().name() + "." + each.column() + " too")
                .anyMatch(told ->
                        plan.notes().stream().anyMatch(note -> note.text().contains(told)));
    }

    /** Those that the script finds. */
    void begin(Session reference) {
        changed.forEach(column -> set(reference, column.old(), column.column(), column.beginning()));
    }

    /** The new version's own ones. */
    void end(Session reference) {
        changed.forEach(column -> set(reference, column.fresh(), column.column(), column.end()));
        added.forEach(column -> set(reference, column.fresh(), column.column(), column.end()));
    }

    private static void align(Twins twins, Table table, String column) {
        boolean isTable = twins.planned()
                .isTrue(
                        "SELECT relkind IN ('r', 'p') FROM pg_catalog.pg_class WHERE oid = to_regclass(?)",
                        table.name().quoted());
        if (isTable) {
            Optional<String> wanted = current(twins.planned(), table, column);
            if (!wanted.equals(current(twins.reference(), table, column))) {
                setIfPossible(twins.reference(), table, column, wanted);
            }
        }
    }

    /** A type may have another name there: then the default is the same. */
    private static void setIfPossible(Session session, Table table, String column, Optional<String> expression) {
        try {
            set(session, table, column, expression);
        } catch (DatabaseException e) {
            if (!e.is("42704")) {
                throw e;
            }
        }
    }

    private static Optional<String> current(Session session, Table table, String column) {
        return session.one(
                "SELECT pg_catalog.pg_get_expr(adbin, adrelid) FROM pg_catalog.pg_attrdef JOIN pg_catalog.pg_attribute"
                        + " ON attrelid = adrelid AND attnum = adnum WHERE adrelid = to_regclass(?) AND attname = ?",
                row -> row.text(1),
                table.name().quoted(),
                column);
    }

    private static void set(Session session, Table table, String column, Optional<String> expression) {
        try {
            session.execute("ALTER TABLE " + table.name().quoted() + " ALTER COLUMN " + Identifier.quote(column)
                    + expression.map(e -> " SET DEFAULT " + e).orElse(" DROP DEFAULT"));
        } catch (DatabaseException e) {
            if (!e.sqlState().equals(NO_FUNCTION)) {
                throw e;
            }
            // one that the script makes: nobody has it in the other version's schema
        }
    }
}
