package dev.sluice.lint.rule;

import dev.sluice.lint.About;
import dev.sluice.lint.Report;
import dev.sluice.lint.Rule;
import dev.sluice.lint.Scene;
import dev.sluice.lint.Severity;
import java.util.List;
import java.util.Set;

/** ALTER TYPE … RENAME VALUE. */
final class EnumRenameValue implements Rule {

    @Override
    public String id() {
        return "enum-rename-value";
    }

    @Override
    public Severity severity() {
        return Severity.ERROR;
    }

    @Override
    public About about() {
        return new About("an enum label gets another name", """
            All rows show the new label at once. Code of the version before does not know it when it reads, and
            fails when it writes or compares with the old one.\
            """, """
                ADD VALUE the new label; code that knows both; change the rows in batches; stop using the old one.\
                """);
    }

    @Override
    public Set<String> types() {
        return Set.of("AlterEnumStmt");
    }

    @Override
    public void check(Scene scene, Report report) {
        if (!scene.is("AlterEnumStmt") || !scene.node().has("oldVal")) {
            return;
        }
        List<String> type = scene.node().strings("typeName");
        boolean made = Surroundings.earlier(scene, "CreateEnumStmt")
                .anyMatch(node -> node.strings("typeName").equals(type));
        if (!made) {
            report.found(
                    scene.node(),
                    "code that uses the label " + scene.node().text("oldVal") + " of " + String.join(".", type)
                            + " fails");
        }
    }
}
