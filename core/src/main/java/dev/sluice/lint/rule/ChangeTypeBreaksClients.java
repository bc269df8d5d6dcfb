package dev.sluice.lint.rule;

import dev.sluice.lint.About;
import dev.sluice.lint.Report;
import dev.sluice.lint.Rule;
import dev.sluice.lint.Scene;
import dev.sluice.lint.Severity;
import dev.sluice.lint.schema.ColumnType;
import java.util.Set;

/** ALTER COLUMN … TYPE to a type that clients read as another one. */
final class ChangeTypeBreaksClients implements Rule {

    /** What drivers give as the same type. */
    private static final Set<String> TEXTS = Set.of("text", "varchar", "bpchar");

    @Override
    public String id() {
        return "change-type-breaks-clients";
    }

    @Override
    public Severity severity() {
        return Severity.WARNING;
    }

    @Override
    public About about() {
        return new About("a type change that clients see", """
                Running code reads and writes the column as the old type: drivers map the new one to another class,
                and prepared statements fail with 'cached plan must not change result type'.""", """
                A second column of the new type beside the old one, both kept in step, until all code uses the new
                one.""");
    }

    @Override
    public Set<String> types() {
        return Set.of("AlterTableStmt");
    }

    @Override
    public void check(Scene scene, Report report) {
        scene.parts("AT_AlterColumnType").forEach(part -> {
            String to = ColumnType.of(part.definition().get("typeName")).name();
            part.type()
                    .map(ColumnType::name)
                    .filter(from -> !from.equals(to) && !TEXTS.containsAll(Set.of(from, to)))
                    .ifPresent(from -> report.found(
                            part.definition(),
                            "running code still takes " + part.column() + " for " + from + " when it becomes " + to,
                            part.table().name()));
        });
    }
}
