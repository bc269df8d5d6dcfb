package dev.sluice.lint.rule;

import dev.sluice.lint.About;
import dev.sluice.lint.Finding.Fix;
import dev.sluice.lint.Report;
import dev.sluice.lint.Rule;
import dev.sluice.lint.Scene;
import dev.sluice.lint.Scene.Part;
import dev.sluice.lint.Severity;
import dev.sluice.lint.rule.Words.Span;
import dev.sluice.lint.schema.KnownConstraint;
import dev.sluice.sql.Identifier;
import java.util.Optional;
import java.util.Set;

/** SET NOT NULL where a NOT VALID constraint waits for its VALIDATE (PostgreSQL 18). */
final class NotNullPromoteWithSet18 implements Rule {

    @Override
    public String id() {
        return "not-null-promote-with-set-18";
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
        return new About("SET NOT NULL instead of VALIDATE CONSTRAINT", """
                SET NOT NULL makes a NOT NULL … NOT VALID constraint valid, too, but reads every row under ACCESS
                EXCLUSIVE. VALIDATE CONSTRAINT does the same under SHARE UPDATE EXCLUSIVE: reads and writes go on.""", "ALTER TABLE t VALIDATE CONSTRAINT n.");
    }

    @Override
    public Set<String> types() {
        return Set.of("AlterTableStmt");
    }

    @Override
    public void check(Scene scene, Report report) {
        scene.parts("AT_SetNotNull")
                .filter(part -> !part.effect().scanned().isEmpty())
                .forEach(part -> waiting(part).ifPresent(constraint -> {
                    String message = "SET NOT NULL on " + part.column()
                            + " reads the whole table while nothing can read or write"
                            + " it, which VALIDATE CONSTRAINT would not";
                    Optional<Fix> fix = AlterText.of(scene.statement()).flatMap(text -> {
                        Span span = text.parts().get(text.index(part.command()));
                        String validate = "VALIDATE CONSTRAINT " + Identifier.quote(constraint.name());
                        return text.parts().size() == 1
                                ? text.words()
                                        .edits()
                                        .replace(span.start(), span.end(), validate)
                                        .fix()
                                : Optional.empty();
                    });
                    report.found(part.command(), message, fix, part.table().name());
                }));
    }

    /** The column's NOT NULL constraint that is not valid yet. */
    static Optional<KnownConstraint> waiting(Part part) {
        return part.table().constraints().stream()
                .filter(c -> c.kind() == KnownConstraint.Kind.NOT_NULL && !c.validated())
                .filter(c -> c.columns().contains(part.name()))
                .findFirst();
    }
}
