package dev.sluice.lint.rule;

import dev.sluice.lint.About;
import dev.sluice.lint.Report;
import dev.sluice.lint.Rule;
import dev.sluice.lint.Scene;
import dev.sluice.lint.Severity;
import dev.sluice.lint.schema.KnownConstraint;
import java.util.Set;

/** DROP CONSTRAINT of a key that foreign keys point at. */
final class DropReferencedKey implements Rule {

    @Override
    public String id() {
        return "drop-referenced-key";
    }

    @Override
    public Severity severity() {
        return Severity.ERROR;
    }

    @Override
    public About about() {
        return new About("dropping a key that other tables refer to", """
                PostgreSQL refuses to drop a primary key or unique constraint that a foreign key rests on. With
                CASCADE it drops those foreign keys, too, under ACCESS EXCLUSIVE on all the tables.""", """
                Drop the foreign keys one by one before, each in its own transaction; or make a new key, move the
                foreign keys to it, and then drop the old one.""");
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
                        .filter(KnownConstraint::hasIndex)
                        .ifPresent(key -> scene.schema().keysTo(part.table().name()).stream()
                                .filter(in ->
                                        Set.copyOf(in.key().referencedColumns()).equals(Set.copyOf(key.columns())))
                                .forEach(in -> report.found(
                                        part.command(),
                                        part.command().text("behavior").equals("DROP_CASCADE")
                                                ? "it also drops the foreign key "
                                                        + in.key().name() + " of "
                                                        + in.table().name()
                                                        + ", whose reads and writes stop until COMMIT"
                                                : "PostgreSQL refuses: the foreign key "
                                                        + in.key().name() + " of "
                                                        + in.table().name() + " needs this key",
                                        in.table().name(),
                                        part.table().name()))));
    }
}
