package dev.sluice.lint.rule;

import dev.sluice.lint.About;
import dev.sluice.lint.Report;
import dev.sluice.lint.Rule;
import dev.sluice.lint.Scene;
import dev.sluice.lint.Severity;
import java.util.Set;

/** ALTER COLUMN … TYPE to a type whose values have other bytes. */
final class ChangeTypeRewrite implements Rule {

    @Override
    public String id() {
        return "change-type-rewrite";
    }

    @Override
    public Severity severity() {
        return Severity.ERROR;
    }

    @Override
    public boolean isAboutWork() {
        return true;
    }

    @Override
    public About about() {
        return new About("a type change that rewrites the table", """
                PostgreSQL copies every row into new files and builds all indexes anew, under ACCESS EXCLUSIVE: nothing reads
                or writes the table until it is done. Only changes that leave each value's bytes as they are go without:
                a longer or unlimited varchar, varchar to text, a larger numeric precision with the same scale, more digits of
                a timestamp.""", """
                Add a second column, keep it in step with a trigger, fill it in batches, swap the names. `sluice plan` makes
                that of this statement.""");
    }

    @Override
    public Set<String> types() {
        return Set.of("AlterTableStmt");
    }

    @Override
    public void check(Scene scene, Report report) {
        scene.parts("AT_AlterColumnType")
                .filter(part -> !ChangeTypeTimestamptz.isOne(part))
                .forEach(part -> {
                    if (!part.effect().rewritten().isEmpty()) {
                        report.found(
                                part.definition(),
                                "changing the type of " + part.column()
                                        + " rewrites the table while nothing can read or write it",
                                part.table().name());
                    } else if (part.type().isEmpty()) {
                        report.found(
                                Severity.WARNING,
                                part.definition(),
                                "unless the values of " + part.column()
                                        + " can stay as they are, the table is rewritten"
                                        + " while nothing can read or write it",
                                part.table().name());
                    }
                });
    }
}
