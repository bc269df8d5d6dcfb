package dev.sluice.lint.rule;

import dev.sluice.lint.About;
import dev.sluice.lint.Report;
import dev.sluice.lint.Rule;
import dev.sluice.lint.Scene;
import dev.sluice.lint.Scene.Part;
import dev.sluice.lint.Severity;
import dev.sluice.lint.schema.KnownConstraint;
import dev.sluice.lint.schema.KnownIndex;
import dev.sluice.lint.schema.KnownSchema;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** DROP COLUMN that takes along indexes, constraints or a foreign key. */
final class DropColumnImplicitIndex implements Rule {

    @Override
    public String id() {
        return "drop-column-implicit-index";
    }

    @Override
    public Severity severity() {
        return Severity.WARNING;
    }

    @Override
    public About about() {
        return new About("a dropped column takes along what other columns need", """
                Every index and constraint that mentions the column goes with it, without a word: also those over
                several columns, with it in INCLUDE or in WHERE. A foreign key of it has the other table locked ACCESS
                EXCLUSIVE, too.""", """
                Make the index or constraint that stays needed without the column before (CREATE INDEX CONCURRENTLY),
                and drop the foreign key in its own transaction.""");
    }

    @Override
    public Set<String> types() {
        return Set.of("AlterTableStmt");
    }

    @Override
    public void check(Scene scene, Report report) {
        scene.parts("AT_DropColumn").forEach(part -> {
            List<String> lost = lost(scene.schema(), part);
            if (!lost.isEmpty()) {
                report.found(
                        part.command(),
                        "dropping " + part.column() + " also drops " + String.join(", ", lost),
                        part.table().name());
            }
            ChangeTypeLocksFkPeer.peers(scene, part)
                    .forEach(peer -> report.found(
                            part.command(),
                            "dropping " + part.column() + " also stops reads and writes of " + peer
                                    + ", by a foreign key",
                            peer,
                            part.table().name()));
        });
    }

    private static List<String> lost(KnownSchema schema, Part part) {
        Stream<String> indexes = schema.indexesOf(part.table().name()).stream()
                .filter(index -> index.uses(part.name()) && servesOthers(index, part.name()))
                .map(index -> index.name().name());
        Stream<String> checks = part.table().constraints().stream()
                .filter(c -> c.kind() == KnownConstraint.Kind.CHECK)
                .filter(c -> c.columns().contains(part.name()) && c.columns().size() > 1)
                .map(KnownConstraint::name);
        return Stream.concat(indexes, checks).toList();
    }

    private static boolean servesOthers(KnownIndex index, String column) {
        return index.columns().stream()
                .anyMatch(c -> c.isEmpty() ? !index.computed().equals(Set.of(column)) : !c.equals(column));
    }
}
