package dev.sluice.lint.rule;

import dev.sluice.lint.About;
import dev.sluice.lint.Edits;
import dev.sluice.lint.Finding.Fix;
import dev.sluice.lint.Report;
import dev.sluice.lint.Rule;
import dev.sluice.lint.Scene;
import dev.sluice.lint.Severity;
import dev.sluice.lint.schema.KnownIndex;
import dev.sluice.sql.Statement;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** DROP INDEX before the CREATE INDEX that replaces it. */
final class ReplaceIndexOrder implements Rule {

    @Override
    public String id() {
        return "replace-index-order";
    }

    @Override
    public Severity severity() {
        return Severity.WARNING;
    }

    @Override
    public About about() {
        return new About("an index is dropped before its successor is there", """
            Between the two statements no index does the work: queries read the whole table while the new index
            is being built, which is when they hurt most. In one transaction they wait instead, as DROP INDEX holds
            ACCESS EXCLUSIVE on the table to its end.\
            """, """
                CREATE INDEX CONCURRENTLY the new one under another name, then DROP INDEX CONCURRENTLY the old one,
                then ALTER INDEX … RENAME.\
                """);
    }

    @Override
    public Set<String> types() {
        return Set.of("DropStmt");
    }

    @Override
    public void check(Scene scene, Report report) {
        for (List<String> name : Surroundings.dropped(scene.node(), "OBJECT_INDEX")) {
            scene.schema()
                    .index(Surroundings.relation(name))
                    .filter(index -> scene.isOld(index.table()))
                    .filter(index -> !Successors.isThere(scene, index) && Successors.comesLater(scene, index))
                    .ifPresent(index -> report.found(
                            scene.node(),
                            scene.transactional()
                                    ? "nothing can read " + index.table()
                                            + " until the index below is built and the transaction ends"
                                    : "queries of " + index.table() + " have no index until the one below is built",
                            fix(scene, index),
                            index.table()));
        }
    }

    /** Only where the new index comes next, and has another name. */
    private static Optional<Fix> fix(Scene scene, KnownIndex index) {
        if (scene.node().list("objects").size() > 1 || scene.after().isEmpty()) {
            return Optional.empty();
        }
        Statement next = scene.after().get(0);
        String name = next.node().text("idxname");
        boolean succeeds = next.node().is("IndexStmt")
                && scene.schema().name(next.node().get("relation")).equals(index.table())
                && Successors.startsWith(Successors.columns(next.node()), index.columns())
                && !name.isEmpty()
                && !name.equals(index.name().name());
        return succeeds
                ? new Edits(next.source())
                        .replace(scene.statement().start(), scene.statement().end(), next.sql())
                        .replace(next.start(), next.end(), scene.statement().sql())
                        .fix()
                : Optional.empty();
    }
}
