package dev.sluice.lint.rule;

import dev.sluice.lint.About;
import dev.sluice.lint.Finding.Fix;
import dev.sluice.lint.Report;
import dev.sluice.lint.Rule;
import dev.sluice.lint.Scene;
import dev.sluice.lint.Severity;
import dev.sluice.lint.schema.ColumnType;
import dev.sluice.sql.Node;
import java.util.Optional;
import java.util.Set;

/** ADD COLUMN of type json. */
final class AddColumnJson implements Rule {

    @Override
    public String id() {
        return "add-column-json";
    }

    @Override
    public Severity severity() {
        return Severity.WARNING;
    }

    @Override
    public About about() {
        return new About("a json column", """
                The type json has no equality. Queries that compare whole rows, such as SELECT DISTINCT, UNION and
                GROUP BY over all columns, fail as soon as the table has such a column.""", "jsonb, unless the text has to stay as it was written.");
    }

    @Override
    public Set<String> types() {
        return Set.of("AlterTableStmt");
    }

    @Override
    public void check(Scene scene, Report report) {
        scene.newColumns().forEach(part -> {
            Node type = part.definition().get("typeName");
            if (!ColumnType.of(type).name().equals("json")
                    || !ColumnType.of(type).schema().isEmpty()) {
                return;
            }
            String message = "SELECT DISTINCT and UNION over all columns fail once " + part.column()
                    + " is there: json has no" + " equality";
            Words words = Words.of(scene);
            Optional<Fix> fix = words.type(type)
                    .flatMap(span -> words.edits()
                            .replace(span.start(), span.end(), "jsonb")
                            .fix());
            report.found(type, message, fix, part.table().name());
        });
    }
}
