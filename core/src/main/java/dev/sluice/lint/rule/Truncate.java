package dev.sluice.lint.rule;

import dev.sluice.lint.About;
import dev.sluice.lint.Report;
import dev.sluice.lint.Rule;
import dev.sluice.lint.Scene;
import dev.sluice.lint.Severity;
import java.util.Set;

/** TRUNCATE of a table in use. */
final class Truncate implements Rule {

    @Override
    public String id() {
        return "truncate";
    }

    @Override
    public Severity severity() {
        return Severity.ERROR;
    }

    @Override
    public About about() {
        return new About(
                "TRUNCATE empties the table under ACCESS EXCLUSIVE",
                """
                All rows are gone with COMMIT, and until then nothing reads or writes the table. A transaction whose
                snapshot is older sees an empty table afterwards, not its rows.\
                """,
                "DELETE in batches by key, if the rows may go; or a new table and a change of names.");
    }

    @Override
    public Set<String> types() {
        return Set.of("TruncateStmt");
    }

    @Override
    public void check(Scene scene, Report report) {
        if (scene.is("TruncateStmt")) {
            scene.node().list("relations").stream()
                    .filter(relation -> scene.isOld(scene.schema().name(relation)))
                    .forEach(relation -> report.found(
                            relation,
                            "all rows of " + scene.schema().name(relation) + " are gone",
                            scene.schema().name(relation)));
        }
    }
}
