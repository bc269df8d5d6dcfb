package dev.sluice.lint.rule;

import dev.sluice.lint.About;
import dev.sluice.lint.Report;
import dev.sluice.lint.Rule;
import dev.sluice.lint.Scene;
import dev.sluice.lint.Severity;
import java.util.List;
import java.util.Set;

/** DROP SEQUENCE. */
final class DropSequence implements Rule {

    @Override
    public String id() {
        return "drop-sequence";
    }

    @Override
    public Severity severity() {
        return Severity.WARNING;
    }

    @Override
    public About about() {
        return new About("a sequence is dropped", """
            Where it stood is lost: a new one of its name gives numbers that were given before. Code and
            defaults that take numbers from it fail.\
            """, """
                Look for defaults that use it, and for code; a sequence that a column owns goes with the column.\
                """);
    }

    @Override
    public Set<String> types() {
        return Set.of("DropStmt");
    }

    @Override
    public void check(Scene scene, Report report) {
        for (List<String> name : Surroundings.dropped(scene.node(), "OBJECT_SEQUENCE")) {
            String last = name.get(name.size() - 1);
            boolean made = Surroundings.earlier(scene, "CreateSeqStmt")
                    .anyMatch(node -> node.get("sequence").text("relname").equals(last));
            if (!made) {
                report.found(scene.node(), "nothing gets numbers of " + last + " any more");
            }
        }
    }
}
