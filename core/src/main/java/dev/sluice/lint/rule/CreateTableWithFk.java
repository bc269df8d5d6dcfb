package dev.sluice.lint.rule;

import dev.sluice.lint.About;
import dev.sluice.lint.Report;
import dev.sluice.lint.Rule;
import dev.sluice.lint.Scene;
import dev.sluice.lint.Severity;
import java.util.List;
import java.util.Set;

/** CREATE TABLE with a foreign key to a table in use. */
final class CreateTableWithFk implements Rule {

    @Override
    public String id() {
        return "create-table-with-fk";
    }

    @Override
    public Severity severity() {
        return Severity.INFO;
    }

    @Override
    public About about() {
        return new About(
                "a new table that references a table in use",
                """
                Nothing is read, but the foreign key takes SHARE ROW EXCLUSIVE on the referenced table until COMMIT,
                and waits for the transactions that have written to it; meanwhile other writes to it queue up behind.""",
                "A short lock_timeout. Or make the table without the key, and ADD FOREIGN KEY in its own transaction.");
    }

    @Override
    public Set<String> types() {
        return Set.of("CreateStmt");
    }

    @Override
    public void check(Scene scene, Report report) {
        if (!scene.is("CreateStmt")) {
            return;
        }
        List<ForeignKey> keys = ForeignKey.of(scene).stream()
                .filter(key ->
                        scene.isOld(key.referenced()) && !key.referenced().equals(key.table()))
                .toList();
        if (keys.stream().map(ForeignKey::referenced).distinct().count() == 1) {
            ForeignKey key = keys.get(0);
            report.found(key.node(), "writes to " + key.referenced() + " wait until COMMIT", key.referenced());
        }
    }
}
