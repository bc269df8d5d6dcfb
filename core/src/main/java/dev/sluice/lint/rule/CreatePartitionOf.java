package dev.sluice.lint.rule;

import dev.sluice.lint.About;
import dev.sluice.lint.Report;
import dev.sluice.lint.Rule;
import dev.sluice.lint.Scene;
import dev.sluice.lint.Severity;
import dev.sluice.plan.LockMode;
import dev.sluice.sql.Node;
import dev.sluice.sql.QualifiedName;
import java.util.List;
import java.util.Set;

/** CREATE TABLE … PARTITION OF a table in use. */
final class CreatePartitionOf implements Rule {

    @Override
    public String id() {
        return "create-partition-of";
    }

    @Override
    public Severity severity() {
        return Severity.WARNING;
    }

    @Override
    public boolean isAboutWork() {
        return true;
    }

    @Override
    public About about() {
        return new About("CREATE TABLE … PARTITION OF locks the partitioned table", """
            It needs ACCESS EXCLUSIVE on the partitioned table, for a moment. With a default partition it reads
            all of that under the lock, unless a valid CHECK there says that it has no such rows.\
            """, """
                CREATE TABLE p (LIKE t INCLUDING ALL); ALTER TABLE t ATTACH PARTITION p FOR VALUES …; which stops
                neither reads nor writes of the partitioned table.\
                """);
    }

    @Override
    public Set<String> types() {
        return Set.of("CreateStmt");
    }

    @Override
    public void check(Scene scene, Report report) {
        if (!scene.is("CreateStmt") || !scene.node().has("partbound")) {
            return;
        }
        for (Node relation : scene.node().list("inhRelations")) {
            QualifiedName parent = scene.schema().name(relation);
            List<QualifiedName> read =
                    scene.effect().scanned().stream().filter(scene::isOld).toList();
            if (scene.isOld(parent) && scene.effect().lock(parent) == LockMode.ACCESS_EXCLUSIVE) {
                report.found(
                        read.isEmpty() ? Severity.WARNING : Severity.ERROR,
                        relation,
                        read.isEmpty()
                                ? "all queries of " + parent + " wait until it has its lock and COMMIT"
                                : "nothing can read or write " + parent + " while all of " + read.get(0) + " is read",
                        parent);
            }
        }
    }
}
