package dev.sluice.cli.render;

import dev.sluice.plan.Assignment;
import dev.sluice.plan.Probe;
import dev.sluice.plan.Step;
import dev.sluice.sql.Identifier;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What a step sends to the server, to be read: statements as they are; for work in batches the statement that the
 * batches add up to.
 */
final class StepSql implements Step.Cases<List<String>> {

    static List<String> of(Step step) {
        return step.match(new StepSql()).stream().map(StepSql::terminated).toList();
    }

    @Override
    public List<String> brief(Step.Brief step) {
        return step.statements();
    }

    @Override
    public List<String> buildIndex(Step.BuildIndex step) {
        return List.of(step.sql());
    }

    @Override
    public List<String> dropIndex(Step.DropIndex step) {
        return List.of(step.sql());
    }

    @Override
    public List<String> validate(Step.Validate step) {
        return List.of(step.sql());
    }

    @Override
    public List<String> backfill(Step.Backfill step) {
        return List.of(update(step.table().quoted(), step.assignments(), step.pending()));
    }

    @Override
    public List<String> check(Step.Check step) {
        return List.of(question(step.probe()));
    }

    @Override
    public List<String> batchedDml(Step.BatchedDml step) {
        String table = step.table().quoted();
        return switch (step.kind()) {
            case UPDATE -> List.of(update(table, step.assignments(), step.where()));
            case DELETE -> List.of("DELETE FROM " + table + "\nWHERE " + step.where());
            case RESTORE_UPDATED -> List.of(restoreUpdated(step));
            case RESTORE_DELETED ->
                List.of("INSERT INTO " + table + "\nSELECT * FROM "
                        + step.archive().quoted());
        };
    }

    @Override
    public List<String> opaque(Step.Opaque step) {
        return step.statements();
    }

    @Override
    public List<String> discard(Step.Discard step) {
        return step.dropSql();
    }

    static String question(Probe probe) {
        if (probe instanceof Probe.NoRows noRows) {
            return "SELECT " + columns(noRows.keyColumns()) + "\nFROM "
                    + noRows.table().quoted() + "\nWHERE " + noRows.predicate();
        }
        if (probe instanceof Probe.Evaluates evaluates) {
            return "SELECT " + String.join(", ", evaluates.expressions()) + "\nFROM "
                    + evaluates.table().quoted() + "\nWHERE " + evaluates.where();
        }
        return ((Probe.NoResult) probe).sql();
    }

    static String update(String table, List<Assignment> assignments, String where) {
        return "UPDATE " + table + "\nSET "
                + assignments.stream()
                        .map(assignment -> Identifier.quote(assignment.column()) + " = " + assignment.expression())
                        .collect(Collectors.joining(",\n    "))
                + "\nWHERE " + where;
    }

    /** A statement with its margin removed, and one semicolon at the end. */
    static String terminated(String sql) {
        String text = sql.strip().stripIndent();
        while (text.endsWith(";")) {
            text = text.substring(0, text.length() - 1).stripTrailing();
        }
        return text + ";";
    }

    private static String restoreUpdated(Step.BatchedDml step) {
        List<String> sets = new ArrayList<>();
        step.keptColumns()
                .forEach(column -> sets.add(Identifier.quote(column) + " = kept." + Identifier.quote(column)));
        String join = step.keyColumns().stream()
                .map(Identifier::quote)
                .map(key -> "kept." + key + " = " + step.table().quoted() + "." + key)
                .collect(Collectors.joining(" AND "));
        return "UPDATE " + step.table().quoted() + "\nSET " + String.join(",\n    ", sets) + "\nFROM "
                + step.archive().quoted() + " AS kept\nWHERE " + (join.isEmpty() ? "true" : join);
    }

    static String columns(List<String> keyColumns) {
        return keyColumns.isEmpty()
                ? "*"
                : keyColumns.stream().map(Identifier::quote).collect(Collectors.joining(", "));
    }
}
