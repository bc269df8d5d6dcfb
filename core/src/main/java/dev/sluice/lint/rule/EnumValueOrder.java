package dev.sluice.lint.rule;

import dev.sluice.lint.About;
import dev.sluice.lint.Report;
import dev.sluice.lint.Rule;
import dev.sluice.lint.Scene;
import dev.sluice.lint.Severity;
import java.util.Set;

/** ADD VALUE without a place. */
final class EnumValueOrder implements Rule {

    @Override
    public String id() {
        return "enum-value-order";
    }

    @Override
    public Severity severity() {
        return Severity.INFO;
    }

    @Override
    public About about() {
        return new About("a new enum label without BEFORE or AFTER", """
            Labels sort in the order of the type, not of their letters. A new one without a place comes last in
            ORDER BY and in comparisons, and cannot be moved.\
            """, "ALTER TYPE t ADD VALUE 'new' AFTER 'old';");
    }

    @Override
    public Set<String> types() {
        return Set.of("AlterEnumStmt");
    }

    @Override
    public void check(Scene scene, Report report) {
        if (scene.is("AlterEnumStmt")
                && !scene.node().has("oldVal")
                && !scene.node().has("newValNeighbor")) {
            report.found(scene.node(), "the label " + scene.node().text("newVal") + " sorts after all others");
        }
    }
}
