package dev.sluice.lint.rule;

import dev.sluice.lint.About;
import dev.sluice.lint.Report;
import dev.sluice.lint.Rule;
import dev.sluice.lint.Scene;
import dev.sluice.lint.Scene.Part;
import dev.sluice.lint.Severity;
import dev.sluice.lint.schema.KnownConstraint;
import java.util.Set;

/** DROP CONSTRAINT of a foreign key. */
final class DropForeignKey implements Rule {

    @Override
    public String id() {
        return "drop-foreign-key";
    }

    @Override
    public Severity severity() {
        return Severity.WARNING;
    }

    @Override
    public About about() {
        return new About(
                "dropping a foreign key locks both tables",
                """
                A foreign key has triggers on both tables, and dropping them takes ACCESS EXCLUSIVE on both. From then
                on nothing keeps rows from pointing nowhere.""",
                "Its own transaction, a short lock_timeout, and another try when it runs out.");
    }

    @Override
    public Set<String> types() {
        return Set.of("AlterTableStmt");
    }

    @Override
    public void check(Scene scene, Report report) {
        scene.parts("AT_DropConstraint")
                .forEach(part -> part.table()
                        .constraint(part.name())
                        .filter(KnownConstraint::isForeignKey)
                        .flatMap(KnownConstraint::referenced)
                        .ifPresentOrElse(
                                referenced -> report.found(
                                        part.command(),
                                        "reads and writes of " + part.table().name()
                                                + (referenced.equals(
                                                                part.table().name())
                                                        ? ""
                                                        : " and " + referenced)
                                                + " stop until COMMIT",
                                        part.table().name(),
                                        referenced),
                                () -> {
                                    if (looksLikeOne(part)) {
                                        report.found(
                                                part.command(),
                                                "reads and writes of "
                                                        + part.table().name()
                                                        + " and of the table that it references stop until COMMIT",
                                                part.table().name());
                                    }
                                }));
    }

    /** A name as PostgreSQL gives it to foreign keys, of a constraint that no script shows. */
    private static boolean looksLikeOne(Part part) {
        return !part.table().columnsAreKnown()
                && part.table().constraint(part.name()).isEmpty()
                && part.name().endsWith("_fkey");
    }
}
