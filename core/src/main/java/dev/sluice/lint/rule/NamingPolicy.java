package dev.sluice.lint.rule;

import dev.sluice.lint.About;
import dev.sluice.lint.Report;
import dev.sluice.lint.Rule;
import dev.sluice.lint.Scene;
import dev.sluice.lint.Severity;
import dev.sluice.sql.QualifiedName;
import java.util.Optional;
import java.util.Set;

/** A name that needs quotes. */
final class NamingPolicy implements Rule {

    @Override
    public String id() {
        return "naming-policy";
    }

    @Override
    public Severity severity() {
        return Severity.INFO;
    }

    @Override
    public About about() {
        return new About("a name that has to be quoted", """
            Names with capitals, blanks or other signs have to stand in quotes in every query: without them
            PostgreSQL looks for the name in small letters and does not find it.\
            """, "Small letters, digits and" + " underscores.");
    }

    @Override
    public Set<String> types() {
        return Set.of("CreateStmt", "AlterTableStmt");
    }

    @Override
    public void check(Scene scene, Report report) {
        Optional<QualifiedName> made = Surroundings.made(scene);
        made.filter(name -> !isPlain(name.name()))
                .ifPresent(name ->
                        report.found(scene.node().get("relation"), name + " has to be quoted in every query", name));
        Columns.defined(scene)
                .filter(column -> !isPlain(column.text("colname")))
                .limit(1)
                .forEach(column ->
                        report.found(column, '"' + column.text("colname") + "\" has to be quoted in every query"));
    }

    private static boolean isPlain(String name) {
        return name.chars().allMatch(c -> c == '_' || c == '$' || Character.isDigit(c) || Character.isLowerCase(c));
    }
}
