package dev.sluice.lint.rule;

import dev.sluice.lint.About;
import dev.sluice.lint.Finding.Fix;
import dev.sluice.lint.Report;
import dev.sluice.lint.Rule;
import dev.sluice.lint.Scene;
import dev.sluice.lint.Severity;
import java.util.Optional;

/** A new label of an enum type that is used before COMMIT. */
final class EnumAddValueInTransaction implements Rule {

    @Override
    public String id() {
        return "enum-add-value-in-transaction";
    }

    @Override
    public Severity severity() {
        return Severity.ERROR;
    }

    @Override
    public About about() {
        return new About(
                "a new enum label is used in its own transaction",
                """
                ALTER TYPE … ADD VALUE runs in a transaction, but the label may be used from COMMIT on only: until
                then PostgreSQL refuses it as "unsafe use of new value". Labels of a type that the same transaction
                made are free to use: those of CREATE TYPE, and from PostgreSQL 17 on all.\
                """,
                "ALTER TYPE … ADD VALUE in a migration of its own, before the one that uses the label.");
    }

    @Override
    public void check(Scene scene, Report report) {
        if (scene.is("AlterEnumStmt")
                || scene.is("AlterTableStmt")
                        && scene.parts().stream().findAny().isEmpty()) {
            return;
        }
        String refused = scene.effect()
                .failure()
                .filter(why -> why.startsWith("a label"))
                .orElse("");
        boolean asDefault = scene.parts("AT_ColumnDefault")
                .flatMap(part -> part.definition().all("A_Const").stream())
                .map(constant ->
                        scene.schema().typeOfNewLabel(constant.get("sval").text("sval")))
                .anyMatch(Optional::isPresent);
        if (!refused.isEmpty() || asDefault) {
            report.found(
                    scene.node(),
                    "the statement fails: a label cannot be used before the COMMIT of its ADD VALUE",
                    fix(scene));
        }
    }

    /** Where the script's own transaction begins with ADD VALUE, it can run before that. */
    private static Optional<Fix> fix(Scene scene) {
        return scene.wrapped()
                ? Optional.empty()
                : Block.around(scene)
                        .filter(block -> block.inside().get(0).node().is("AlterEnumStmt"))
                        .flatMap(block -> block.without(block.inside().get(0)));
    }
}
