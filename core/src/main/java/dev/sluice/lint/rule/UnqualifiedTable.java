package dev.sluice.lint.rule;

import dev.sluice.lint.About;
import dev.sluice.lint.Report;
import dev.sluice.lint.Rule;
import dev.sluice.lint.Scene;
import dev.sluice.lint.Severity;
import dev.sluice.sql.QualifiedName;
import java.util.Optional;
import java.util.Set;

/** A new table without a schema, where there are several. */
final class UnqualifiedTable implements Rule {

    @Override
    public String id() {
        return "unqualified-table";
    }

    @Override
    public Severity severity() {
        return Severity.INFO;
    }

    @Override
    public boolean isHabit() {
        return true;
    }

    @Override
    public About about() {
        return new About("a name without a schema", """
            Where a name without a schema is made, the first schema of search_path decides, which differs
            between roles, tools and poolers. Where all tables stand in one schema it does not matter; where
            some name theirs it does.\
            """, "CREATE TABLE schema.t");
    }

    @Override
    public Set<String> types() {
        return Set.of("CreateStmt");
    }

    @Override
    public void check(Scene scene, Report report) {
        Optional<QualifiedName> made = Surroundings.made(scene);
        if (made.isEmpty()) {
            return;
        }
        boolean several = scene.schema().tables().stream()
                        .filter(table -> !table.isTemporary())
                        .map(table -> table.name().schema())
                        .distinct()
                        .count()
                > 1;
        boolean chosen = Settings.isSet(scene, "search_path");
        if (several
                && !chosen
                && scene.node().get("relation").text("schemaname").isEmpty()) {
            report.found(
                    scene.node().get("relation"),
                    "search_path decides in which schema " + made.get().name() + " is made",
                    made.get());
        }
    }
}
