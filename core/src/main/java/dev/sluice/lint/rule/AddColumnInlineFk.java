package dev.sluice.lint.rule;

import dev.sluice.lint.About;
import dev.sluice.lint.Report;
import dev.sluice.lint.Rule;
import dev.sluice.lint.Scene;
import dev.sluice.lint.Scene.Part;
import dev.sluice.lint.Severity;
import dev.sluice.sql.QualifiedName;
import java.util.Set;

/** ADD COLUMN … REFERENCES. */
final class AddColumnInlineFk implements Rule {

    @Override
    public String id() {
        return "add-column-inline-fk";
    }

    @Override
    public Severity severity() {
        return Severity.WARNING;
    }

    @Override
    public boolean isAboutWork() {
        return true;
    }

    @Override
    public About about() {
        return new About("a foreign key in the definition of a new column", """
                The new column needs ACCESS EXCLUSIVE on its table, the key SHARE ROW EXCLUSIVE on the referenced one:
                both are held together until COMMIT. With a default, PostgreSQL also checks every row under these
                locks.""", """
                ADD COLUMN; then, in its own transaction, ADD CONSTRAINT … FOREIGN KEY (…) REFERENCES … NOT VALID;
                then, in another, VALIDATE CONSTRAINT.""");
    }

    @Override
    public Set<String> types() {
        return Set.of("AlterTableStmt");
    }

    @Override
    public void check(Scene scene, Report report) {
        scene.inline("CONSTR_FOREIGN").forEach(added -> {
            Part part = added.getKey();
            QualifiedName referenced = scene.schema().name(added.getValue().get("pktable"));
            if (!part.effect().scanned().isEmpty()) {
                report.found(
                        Severity.ERROR,
                        added.getValue(),
                        "every row's " + part.column() + " is looked up in " + referenced
                                + " while nothing can read or write "
                                + part.table().name(),
                        part.table().name(),
                        referenced);
            } else if (scene.isOld(referenced)
                    && !referenced.equals(part.table().name())) {
                report.found(
                        added.getValue(),
                        "writes to " + referenced + " wait, with everything on "
                                + part.table().name() + ", until COMMIT",
                        part.table().name(),
                        referenced);
            }
        });
    }
}
