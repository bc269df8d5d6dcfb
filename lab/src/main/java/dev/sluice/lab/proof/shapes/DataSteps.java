package dev.sluice.lab.proof.shapes;

import dev.sluice.catalog.Catalog;
import dev.sluice.catalog.Table;
import dev.sluice.parser.PgParser;
import dev.sluice.plan.Step;
import dev.sluice.planner.Mentions;
import dev.sluice.sql.QualifiedName;
import dev.sluice.sql.Script;
import dev.sluice.sql.SourceText;
import dev.sluice.sql.Statement;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Finds the tables that a step's statements on data concern: those it writes, those it reads, and those whose rows follow.
 * Such a statement runs once, on the rows of its moment; what is written afterwards is not what the plain run, which comes
 * after all writes, would make of it.
 */
final class DataSteps {

    private static final Set<String> DATA = Set.of(
            "InsertStmt", "UpdateStmt", "DeleteStmt", "MergeStmt", "CreateTableAsStmt", "TruncateStmt", "CopyStmt");

    /** What they do is not in their text. */
    private static final Set<String> ANYTHING = Set.of("DoStmt", "CallStmt", "SelectStmt", "ExecuteStmt");

    private final Catalog catalog;

    DataSteps(Catalog catalog) {
        this.catalog = catalog;
    }

    Set<QualifiedName> tables(List<Step> steps) {
        Set<QualifiedName> tables = new TreeSet<>();
        steps.forEach(step -> tables.addAll(tables(step)));
        return tables;
    }

    Set<QualifiedName> tables(Step step) {
        Set<QualifiedName> tables = new TreeSet<>();
        if (step instanceof Step.BatchedDml dml) {
            String where = dml.where().isBlank() ? "" : " WHERE " + dml.where();
            add("DELETE FROM " + dml.table().quoted() + where, tables);
            dml.assignments().forEach(a -> add("SELECT " + a.expression(), tables, Set.of()));
        } else if (step instanceof Step.Opaque opaque) {
            opaque.statements().forEach(sql -> add(sql, tables));
        } else if (step instanceof Step.Brief brief && brief.purpose() == Step.Purpose.PLAIN) {
            brief.statements().forEach(sql -> add(sql, tables));
        }
        return tables;
    }

    private void add(String sql, Set<QualifiedName> tables) {
        add(sql, tables, ANYTHING);
    }

    private void add(String sql, Set<QualifiedName> tables, Set<String> anything) {
        try (PgParser parser = new PgParser()) {
            for (Statement statement :
                    Script.parse(parser, new SourceText("step", sql)).statements()) {
                if (anything.contains(statement.type())) {
                    tables.addAll(catalog.tables().keySet());
                } else if (DATA.contains(statement.type()) || statement.type().equals("SelectStmt")) {
                    Mentions.of(statement).stream()
                            .flatMap(name ->
                                    name.resolve(catalog, t -> catalog.table(t).isPresent()).stream())
                            .forEach(name -> addWithDependents(name, tables));
                }
            }
        }
    }

    private void addWithDependents(QualifiedName name, Set<QualifiedName> tables) {
        if (!tables.add(name)) {
            return;
        }
        Table table = catalog.table(name).orElseThrow();
        if (!table.triggers().isEmpty()) {
            tables.addAll(catalog.tables().keySet());
        }
        catalog.foreignKeysTo(name).forEach(key -> addWithDependents(key.table().name(), tables));
    }
}
