package dev.sluice.lab.rows;

import dev.sluice.catalog.Catalog;
import dev.sluice.catalog.Column;
import dev.sluice.catalog.Constraint;
import dev.sluice.catalog.Index;
import dev.sluice.catalog.Table;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The texts that a schema itself names: they say nothing about a person, and it works with no others. */
final class SchemaTexts {

    private SchemaTexts() {}

    static Set<String> of(Catalog catalog) {
        List<String> expressions = new ArrayList<>();
        for (Table table : catalog.tables().values()) {
            table.constraints().stream()
                    .filter(c -> c.kind() == Constraint.Kind.CHECK)
                    .map(Constraint::definition)
                    .forEach(expressions::add);
            for (Column column : table.columns()) {
                column.defaultExpression().ifPresent(expressions::add);
                column.generationExpression().ifPresent(expressions::add);
            }
            table.indexes().stream().map(Index::definition).forEach(expressions::add);
            table.partitioning().bound().ifPresent(expressions::add);
        }
        catalog.types().values().forEach(type -> {
            type.constraints().stream().map(Constraint::definition).forEach(expressions::add);
            type.defaultExpression().ifPresent(expressions::add);
        });
        Set<String> texts = new HashSet<>();
        expressions.forEach(sql -> texts.addAll(new CheckExpression("", Set.of(), sql).strings()));
        return texts;
    }
}
