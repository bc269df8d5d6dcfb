package dev.sluice.lab.rows;

import dev.sluice.catalog.Catalog;
import dev.sluice.catalog.Column;
import dev.sluice.catalog.Constraint;
import dev.sluice.catalog.Index;
import dev.sluice.catalog.Table;
import dev.sluice.catalog.TypeRef;
import dev.sluice.catalog.UserType;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * What has to be known of a table to write rows into it.
 *
 * @param writable columns that a statement can give values for
 * @param checks conditions on its rows
 * @param uniqueColumns columns of some unique index or exclusion constraint, except those that a sequence makes unique
 * @param indexed columns of some index: their values must fit into an entry
 */
record TableShape(
        Table table,
        List<Column> writable,
        List<CheckExpression> checks,
        Set<String> uniqueColumns,
        Set<String> indexed) {

    TableShape {
        writable = List.copyOf(writable);
        checks = List.copyOf(checks);
        uniqueColumns = Set.copyOf(uniqueColumns);
        indexed = Set.copyOf(indexed);
    }

    static TableShape of(Table table, List<CheckExpression> more) {
        List<CheckExpression> checks = new ArrayList<>(more);
        table.constraints().stream()
                .filter(c -> c.kind() == Constraint.Kind.CHECK && c.enforced())
                .map(CheckExpression::of)
                .forEach(checks::add);
        Set<String> unique = new LinkedHashSet<>();
        Set<String> indexed = new LinkedHashSet<>();
        for (Index index : table.indexes()) {
            Set<String> columns = columns(table, index);
            indexed.addAll(columns);
            indexed.addAll(index.included());
            boolean settled = columns.stream()
                    .flatMap(name -> table.column(name).stream())
                    .anyMatch(c -> drawsFromSequence(c) || c.identity() == Column.Identity.ALWAYS);
            if ((index.unique() || isExclusion(table, index)) && (!settled || columns.size() == 1)) {
                unique.addAll(columns);
            }
        }
        return new TableShape(
                table,
                table.userColumns().stream()
                        .filter(c -> !c.isGenerated() && c.identity() != Column.Identity.ALWAYS)
                        .toList(),
                checks,
                unique,
                indexed);
    }

    /** The columns of an index; those of its expressions are found by their names. */
    private static Set<String> columns(Table table, Index index) {
        Set<String> columns = new LinkedHashSet<>(index.keyColumns());
        if (index.hasExpressionKeys()) {
            index.keys().stream()
                    .filter(key -> key.column().isEmpty())
                    .forEach(key -> columns.addAll(ColumnNames.in(key.definition(), table)));
        }
        return columns;
    }

    private static boolean isExclusion(Table table, Index index) {
        return index.constraintName()
                .flatMap(table::constraint)
                .filter(c -> c.kind() == Constraint.Kind.EXCLUSION)
                .isPresent();
    }

    /** Conditions that read this column and no other. */
    List<CheckExpression> checksOf(Column column) {
        return checks.stream()
                .filter(check -> check.columns().equals(Set.of(column.name())))
                .toList();
    }

    /** Whether the value comes from a sequence when it is left out. */
    static boolean drawsFromSequence(Column column) {
        return column.identity() == Column.Identity.BY_DEFAULT
                || column.defaultExpression()
                        .filter(d -> d.contains("nextval("))
                        .isPresent();
    }

    /** Whether NULL is a value of the column, as far as column and domain say. */
    static boolean isNullable(Catalog catalog, Column column) {
        return !column.notNull() && !refusesNull(catalog, column.type());
    }

    private static boolean refusesNull(Catalog catalog, TypeRef type) {
        if (type.category() != TypeRef.Category.DOMAIN) {
            return false;
        }
        return catalog.type(type.name())
                .filter(domain -> domain.notNull()
                        || domain.baseType()
                                .filter(base -> refusesNull(catalog, base))
                                .isPresent())
                .map(UserType::name)
                .isPresent();
    }
}
