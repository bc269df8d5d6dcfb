package dev.sluice.lint.rule;

import dev.sluice.lint.About;
import dev.sluice.lint.Report;
import dev.sluice.lint.Rule;
import dev.sluice.lint.Scene;
import dev.sluice.lint.Severity;
import dev.sluice.sql.QualifiedName;
import java.util.List;
import java.util.Set;

/** DROP TABLE that locks what its foreign keys point at. */
final class DropTableFkPeers implements Rule {

    @Override
    public String id() {
        return "drop-table-fk-peers";
    }

    @Override
    public Severity severity() {
        return Severity.WARNING;
    }

    @Override
    public About about() {
        return new About("DROP TABLE locks the tables its foreign keys point at", """
            Foreign keys have triggers on both tables. To take them off, DROP TABLE needs ACCESS EXCLUSIVE on
            every referenced table, and holds all of them to COMMIT.\
            """, """
                ALTER TABLE t DROP CONSTRAINT c for each foreign key, each in its own transaction with a short
                lock_timeout; then DROP TABLE.\
                """);
    }

    @Override
    public Set<String> types() {
        return Set.of("DropStmt");
    }

    @Override
    public void check(Scene scene, Report report) {
        List<QualifiedName> dropped = Surroundings.droppedInUse(scene, "OBJECT_TABLE");
        List<QualifiedName> peers = dropped.stream()
                .flatMap(name -> scene.schema().table(name).stream())
                .flatMap(table -> table.foreignKeys().stream())
                .flatMap(key -> key.referenced().stream())
                .distinct()
                .filter(name -> !dropped.contains(name) && scene.isOld(name))
                .toList();
        if (!peers.isEmpty()) {
            report.found(
                    scene.node(),
                    "all queries of " + peers.get(0) + " wait, too: foreign keys of the dropped table point at it",
                    peers.toArray(QualifiedName[]::new));
        }
    }
}
